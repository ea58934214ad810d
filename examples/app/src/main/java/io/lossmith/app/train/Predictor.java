package io.lossmith.app.train;

import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Sample;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.losses.PredictionKind;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers for whole pictures of any size. A picture is walked over in windows of at most 512 pixels
 * a side that overlap by what the network sees, so the answer is that of the whole picture at once,
 * in little memory. Sides that are no multiples of 4 are continued by their last pixels.
 */
public final class Predictor implements AutoCloseable {
  private static final int WINDOW = 512;
  private static final int MOST_PROGRAMS = 4; // pictures of many sizes must not fill the memory

  private final UNet network;
  private final OutputHead head; // of what sinks are given
  private final @Nullable OutputHead mirrored; // of the network, where its answers are means
  private final Engine engine;
  private final float[][] parameters;
  private final Map<Shape, Program> programs = new LinkedHashMap<>(8, 0.75f, true);

  /** Makes a predictor that reads {@code parameters} at each call. */
  public Predictor(UNet network, OutputHead head, Engine engine, float[][] parameters) {
    this(network, head, null, engine, parameters);
  }

  private Predictor(
      UNet network,
      OutputHead head,
      @Nullable OutputHead mirrored,
      Engine engine,
      float[][] parameters) {
    this.network = network;
    this.head = head;
    this.mirrored = mirrored;
    this.engine = engine;
    this.parameters = parameters;
  }

  /**
   * Makes a predictor whose answers are means over pictures mirrored in four ways, in four times
   * the time: of probabilities, by which it also decides.
   */
  public static Predictor overFlips(
      UNet network, OutputHead head, Engine engine, float[][] parameters) {
    OutputHead means = new OutputHead(PredictionKind.VALUES, head.outputs());
    return new Predictor(network, means, head, engine, parameters);
  }

  /** Counts how well samples are answered, all together. */
  public ConfusionTable counts(List<Sample> samples, ScoredClasses scored) {
    ConfusionTable table = ConfusionTable.none(scored.classes());
    for (Sample sample : samples) {
      table = table.plus(scored.table(classes(sample.picture()), sample.mask())).pooled();
    }
    return table;
  }

  /**
   * Returns the class of each pixel, row-major, as {@link OutputHead#decide} has it.
   *
   * @throws ArithmeticException if the network answers what is no number
   */
  public byte[] classes(Picture picture) {
    return classes(picture, WINDOW);
  }

  byte[] classes(Picture picture, int window) {
    byte[] classes = new byte[picture.pixels()];
    walk(
        picture,
        window,
        (pixel, values, at, stride) -> classes[pixel] = (byte) head.decide(values, at, stride));
    return classes;
  }

  /**
   * Returns class and probabilities of each pixel, computed together.
   *
   * @throws ArithmeticException if the network answers what is no number
   */
  public Prediction predict(Picture picture) {
    return predict(picture, WINDOW);
  }

  Prediction predict(Picture picture, int window) {
    byte[] classes = new byte[picture.pixels()];
    float[] probabilities = new float[Math.multiplyExact(network.outputs(), picture.pixels())];
    Probabilities rule = head.probabilities(picture.pixels(), probabilities);
    walk(
        picture,
        window,
        (pixel, values, at, stride) -> {
          classes[pixel] = (byte) head.decide(values, at, stride);
          rule.take(pixel, values, at, stride);
        });
    return new Prediction(classes, probabilities);
  }

  /** Takes the numbers of a pixel: {@code values[at]}, {@code values[at + stride]} and so on. */
  @FunctionalInterface
  interface Sink {
    void take(int pixel, float[] values, int at, int stride);
  }

  private void walk(Picture picture, int window, Sink sink) {
    int height = Math.min(window, rounded(picture.height()));
    int width = Math.min(window, rounded(picture.width()));
    Shape shape = Shape.of(1, picture.channels(), height, width);
    float[] seen = new float[shape.count()];
    Supplier<float[]> answer = answer(shape, seen);
    for (Span rows : Span.of(picture.height(), height)) {
      for (Span columns : Span.of(picture.width(), width)) {
        copy(picture, rows.start(), columns.start(), height, width, seen);
        float[] values = answer.get();
        for (int y = rows.from(); y < rows.to(); y++) {
          for (int x = columns.from(); x < columns.to(); x++) {
            int at = (y - rows.start()) * width + x - columns.start();
            sink.take(y * picture.width() + x, values, at, height * width);
          }
        }
      }
    }
  }

  /**
   * Returns what computes the numbers {@code [outputs, height, width]} for a window that is seen.
   */
  private Supplier<float[]> answer(Shape shape, float[] seen) {
    Program program = program(shape);
    float[][] inputs = inputs(seen);
    float[] outputs = new float[network.outputs() * shape.get(2) * shape.get(3)];
    Runnable once =
        () -> {
          program.run(inputs, new float[][] {outputs});
          requireNumbers(outputs);
        };
    if (mirrored != null) {
      FlipEnsemble ensemble = new FlipEnsemble(mirrored, shape);
      return () -> ensemble.means(seen, once, outputs);
    }
    return () -> {
      once.run();
      return outputs;
    };
  }

  /** What is none would become a class, or a probability, like any other. */
  private static void requireNumbers(float[] logits) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new ArithmeticException(
            "the network answers "
                + logit
                + ", must answer numbers; its weights are too large or damaged: train it again,"
                + " with a smaller --learning-rate.");
      }
    }
  }

  private static int rounded(int side) {
    return (side + UNet.STEP - 1) / UNet.STEP * UNet.STEP;
  }

  private Program program(Shape shape) {
    Program program = programs.computeIfAbsent(shape, this::compile);
    if (programs.size() > MOST_PROGRAMS) {
      Iterator<Program> longestUnused = programs.values().iterator();
      longestUnused.next().close();
      longestUnused.remove();
    }
    return program;
  }

  private Program compile(Shape shape) {
    List<Shape> shapes = new ArrayList<>(List.of(shape));
    network.parameters().forEach(array -> shapes.add(array.shape()));
    return Tracing.compile(
        engine, shapes, in -> List.of(network.apply(in.get(0), in.subList(1, in.size()))));
  }

  private float[][] inputs(float[] pictures) {
    float[][] inputs = new float[1 + parameters.length][];
    inputs[0] = pictures;
    System.arraycopy(parameters, 0, inputs, 1, parameters.length);
    return inputs;
  }

  private static void copy(
      Picture picture, int top, int left, int height, int width, float[] seen) {
    int columns = Math.min(width, picture.width() - left);
    int to = 0;
    for (int channel = 0; channel < picture.channels(); channel++) {
      for (int y = 0; y < height; y++, to += width) {
        int row = Math.min(picture.height() - 1, top + y);
        picture.copy(channel, row * picture.width() + left, columns, seen, to);
        Arrays.fill(seen, to + columns, to + width, seen[to + columns - 1]);
      }
    }
  }

  @Override
  public void close() {
    programs.values().forEach(Program::close);
    programs.clear();
  }
}
