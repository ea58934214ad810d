package io.lossmith.app.bench;

import io.lossmith.app.io.Json;
import io.lossmith.core.Shape;
import io.lossmith.losses.Loss;
import io.lossmith.losses.Losses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One loss at one shape, of those that the catalogue is measured by. They are listed in a file that
 * the scripts beside the benchmarks read too, so that both sides measure the same.
 *
 * @param name what it is called in tables
 * @param loss the loss's id
 * @param options what the loss is made with
 * @param prediction what the prediction holds: {@code logits}, {@code blob-logits}, {@code
 *     probabilities}, {@code log-probabilities} or {@code boxes}
 * @param target {@code mask}, {@code classes} or {@code boxes}
 * @param shape of the prediction
 * @param kept whether the target is declared to stay the same
 * @param levels how many predictions there are, each of half the size of the one before
 */
record Work(
    String name,
    String loss,
    Map<String, Object> options,
    String prediction,
    String target,
    Shape shape,
    boolean kept,
    int levels) {
  private static final String FILE = "catalogue.jsonl";

  /** Returns all of them, in the order of the catalogue. */
  static List<Work> all() {
    List<Work> all = new ArrayList<>();
    try (InputStream file = Objects.requireNonNull(Work.class.getResourceAsStream(FILE), FILE)) {
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        all.addAll(of((Map<?, ?>) Json.read(line)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  @SuppressWarnings("unchecked") // options have words for names, in the file of our own
  private static List<Work> of(Map<?, ?> line) {
    List<Work> works = new ArrayList<>();
    for (Object sizes : (List<?>) line.get("shapes")) {
      int[] shape =
          ((List<?>) sizes).stream().mapToInt(size -> ((Number) size).intValue()).toArray();
      works.add(
          new Work(
              (String) line.get("work"),
              (String) line.get("loss"),
              (Map<String, Object>) line.get("options"),
              (String) line.get("prediction"),
              (String) line.get("target"),
              Shape.of(shape),
              Boolean.TRUE.equals(line.get("kept")),
              line.get("levels") instanceof Integer levels ? levels : 1));
    }
    return works;
  }

  /** Returns this work with one prediction, that of a level. */
  Work level(int level) {
    int[] sizes = shape.toArray();
    for (int axis = 2; axis < sizes.length; axis++) {
      sizes[axis] >>= level;
    }
    return new Work(name, loss, options, prediction, target, Shape.of(sizes), kept, 1);
  }

  /** Returns the target's shape. */
  Shape targetShape() {
    return target.equals("classes") ? shape.with(1, 1) : shape;
  }

  /** Makes the loss; what depends on the number of classes is a word in the file. */
  Loss build() {
    Map<String, Object> made = new LinkedHashMap<>(options);
    int classes = shape.get(1);
    made.replace(
        "classWeights", "ramp", IntStream.range(0, classes).mapToObj(c -> 1 + 0.25 * c).toList());
    made.replace(
        "distances",
        "uniform",
        IntStream.range(0, classes).mapToObj(c -> row(classes, c)).toList());
    return Losses.byName(loss, made);
  }

  /** Every class is as far from every other. */
  private static List<Double> row(int classes, int own) {
    List<Double> row = new ArrayList<>(Collections.nCopies(classes, 1.0));
    row.set(own, 0.0);
    return row;
  }
}
