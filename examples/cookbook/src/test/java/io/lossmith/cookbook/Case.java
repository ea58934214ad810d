package io.lossmith.cookbook;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/** A line of expected numbers: a loss at one size, and what PyTorch says of it in float64. */
record Case(Fields line) {
  static List<Case> all() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream file = Case.class.getResourceAsStream("/values.jsonl")) {
      String lines = new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      for (String text : lines.lines().toList()) {
        cases.add(new Case(Fields.parse(text)));
      }
    }
    return cases;
  }

  /** Returns a test for each case that is wanted. */
  static Stream<DynamicTest> tests(Engine engine, Predicate<Case> wanted) throws IOException {
    return all().stream()
        .filter(wanted)
        .map(
            one ->
                dynamicTest(
                    one.toString(),
                    () -> assertThat(one.complaint(engine)).as(one.toString()).isNull()));
  }

  String name() {
    return line.text("loss");
  }

  String size() {
    return line.text("size");
  }

  Loss loss() {
    return Recipes.loss(name(), line.object("options"));
  }

  List<MadeInput> inputs() {
    return line.objects("inputs").stream().map(MadeInput::of).toList();
  }

  /** Returns in what an engine's numbers are wrong, or null where they are right. */
  @Nullable String complaint(Engine engine) {
    List<MadeInput> made = inputs();
    MadeInput prediction = made.get(0);
    MadeInput target = made.get(1);
    InputShapes shapes = InputShapes.of(Shape.of(prediction.shape()), Shape.of(target.shape()));
    float[] mask = null;
    if (made.size() > 2) {
      shapes = shapes.withMask(made.get(2).shape());
      mask = made.get(2).values();
    }
    float[] gradient = new float[prediction.values().length];
    try (Compiled compiled = loss().compile(shapes, engine)) {
      float value = compiled.evaluate(prediction.values(), target.values(), mask, gradient);
      return new Verdict(this).complaint(value, gradient);
    }
  }

  @Override
  public String toString() {
    return name() + " " + size();
  }
}
