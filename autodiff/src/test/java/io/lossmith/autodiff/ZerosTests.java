package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.reference.ReferenceEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** 0 · ∞ in gradients: what is not chosen leaks nothing, and a gradient of 0 stops. */
class ZerosTests {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  /** A function of a vector, its gradient there, and the gradient of the sum of that. */
  private record Case(
      String name, UnaryOperator<Tensor> f, float[] at, float[] first, float[] second) {}

  private static final List<Case> CASES = new ArrayList<>();

  private static void add(
      String name, UnaryOperator<Tensor> f, float[] at, float[] first, float[] second) {
    CASES.add(new Case(name, f, at, first, second));
  }

  private static float[] of(float... values) {
    return values;
  }

  private static Tensor positive(Tensor x) {
    return x.greaterThan(0);
  }

  private static Tensor chosen(Tensor x, Tensor value) {
    return Tensor.where(positive(x), value, 0);
  }

  private static Tensor data(float... values) {
    return Tensor.of(values, values.length);
  }

  static {
    // Choices: at 2 the branch is taken, at 0 or −1 it is not.
    add("sqrt", x -> chosen(x, x.sqrt()), of(4, 0, -1), of(0.25f, 0, 0), of(-1 / 32f, 0, 0));
    add("log", x -> chosen(x, x.log()), of(2, 0, -1), of(0.5f, 0, 0), of(-0.25f, 0, 0));
    add("log1p", x -> chosen(x, x.log1p()), of(1, -1, -2), of(0.5f, 0, 0), of(-0.25f, 0, 0));
    add("1/x", x -> chosen(x, x.reciprocal()), of(2, 0), of(-0.25f, 0), of(0.25f, 0));
    add(
        "quotient by x",
        x -> chosen(x, Tensor.scalar(3).div(x)),
        of(2, 0),
        of(-0.75f, 0),
        of(0.75f, 0));
    add("0/0", x -> chosen(x, x.div(x.square())), of(2, 0), of(-0.25f, 0), of(0.25f, 0));
    add(
        "power below 1",
        x -> chosen(x, x.pow(0.5)),
        of(4, 0, -1),
        of(0.25f, 0, 0),
        of(-1 / 32f, 0, 0));
    add(
        "power of an exponent",
        x -> chosen(x, Tensor.scalar(0).maximum(x).pow(x.minus(1))),
        of(1, 0, -3),
        of(0, 0, 0),
        of(2, 0, 0));
    add(
        "overflow of exp",
        x -> Tensor.where(x.lessThan(100), x.exp(), 0),
        of(0, 1000),
        of(1, 0),
        of(1, 0));
    add(
        "overflow of exp in a sum of logs",
        x -> Tensor.where(x.lessThan(100), x.exp().plus(1).log(), x),
        of(0, 1000),
        of(0.5f, 1),
        of(0.25f, 0));
    add(
        "other side",
        x -> Tensor.where(x.lessOrEqual(0), 0, x.log()),
        of(2, 0),
        of(0.5f, 0),
        of(-0.25f, 0));
    add(
        "nested",
        x -> chosen(x, Tensor.where(x.greaterThan(1), x.minus(1).log(), x.sqrt().log())),
        of(2, 0.5f, 1, 0, -1),
        of(1, 1, 0.5f, 0, 0),
        of(-1, -2, -0.5f, 0, 0));
    add(
        "nested in a branch not chosen",
        x -> Tensor.where(x.lessThan(0), x, Tensor.where(positive(x), x.log().square(), 0)),
        of(-1, 0, 1),
        of(1, 0, 0),
        of(0, 0, 2));
    add(
        "a long way",
        x -> chosen(x, x.log().sqrt().reciprocal().exp().times(0).plus(x.log().square())),
        of((float) Math.E, 0),
        of((float) (2 / Math.E), 0),
        of(0, 0));
    add(
        "two uses in two branches",
        x -> {
          Tensor y = x.log();
          return chosen(x, y.square()).plus(Tensor.where(x.greaterThan(1), y, 0));
        },
        of(1, 2, 0),
        of(0, (float) (Math.log(2) + 0.5), 0),
        of(2, (float) (0.5 - Math.log(2) / 2 - 0.25), 0));
    add(
        "a product with NaN",
        x -> Tensor.where(data(1, 0, 0), x.times(data(3, NAN, INF)), 0),
        of(2, 2, 2),
        of(3, 0, 0),
        of(0, 0, 0));
    add(
        "a product with NaN further on",
        x -> Tensor.where(data(1, 0), x.times(data(3, NAN)).square().minus(1), 0),
        of(2, 2),
        of(36, 0),
        of(18, 0));
    add(
        "NaN itself",
        x -> Tensor.where(x.equalTo(x), x.sigmoid().times(0).plus(x.square()), 0),
        of(2, NAN),
        of(4, 0),
        of(2, 0));
    add(
        "a norm, guarded",
        x -> {
          Tensor rows = x.reshape(2, 2);
          Tensor squares = rows.square().sum(1);
          return Tensor.where(squares.greaterThan(0), squares.sqrt(), 0);
        },
        of(3, 4, 0, 0),
        of(0.6f, 0.8f, 0, 0),
        // H·1 of |x| is (1 − u·Σu)/|x|
        of((1 - 0.6f * 1.4f) / 5, (1 - 0.8f * 1.4f) / 5, 0, 0));
    add(
        "rows with NaN",
        x -> {
          Tensor rows = x.reshape(2, 2);
          return Tensor.where(data(1, 0), rows.square().sum(1), 0);
        },
        of(1, 2, NAN, INF),
        of(2, 4, 0, 0),
        of(2, 2, 0, 0));
    add(
        "rows of probabilities with NaN",
        x -> Tensor.where(data(1, 0), x.reshape(2, 2).softmax(1).square().sum(1), 0),
        of(0, 0, NAN, 0),
        of(0, 0, 0, 0),
        of(0, 0, 0, 0));
    add(
        "rows of log-sum-exp with NaN",
        x -> Tensor.where(data(1, 0), x.reshape(2, 2).logSumExp(1), 0),
        of(0, 0, NAN, 0),
        of(0.5f, 0.5f, 0, 0),
        of(0, 0, 0, 0));
    add(
        "through moves",
        x -> {
          Tensor y = x.times(data(1, NAN, NAN, 2)).reshape(2, 2).permute(1, 0).flip(0);
          // x0 and x3 stand at [1, 0] and [0, 1]
          return Tensor.where(Tensor.of(of(0, 1, 1, 0), 2, 2), y.square(), 0);
        },
        of(1, 1, 1, 1),
        of(2, 0, 0, 8),
        of(2, 0, 0, 8));
    add(
        "through slices",
        x -> {
          Tensor y = x.times(data(NAN, 3, NAN)).slice(0, 0, 2);
          return Tensor.where(data(0, 1), y.square(), 0);
        },
        of(1, 1, 1),
        of(0, 18, 0),
        of(0, 18, 0));
    add(
        "one for all, chosen nowhere",
        x -> Tensor.where(data(0, 0), x.log().sum().times(data(1, 2)), 0),
        of(0),
        of(0),
        of(0));

    // Zeros that stop.
    add("norm at 0", x -> x.square().sum().sqrt(), of(0, 0), of(0, 0), null);
    add("norm by products at 0", x -> x.times(x).sum().sqrt(), of(0, 0), of(0, 0), null);
    add(
        "weighted norm at 0",
        x -> x.square().times(data(0, 2)).sum().sqrt(),
        of(0, 0),
        of(0, 0),
        null);
    add("|x| by a root at 0", x -> x.square().sqrt(), of(0, -2), of(0, -1), null);
    add(
        "standard deviation of equals",
        x -> x.minus(x.mean()).square().mean().sqrt(),
        of(3, 3),
        of(0, 0),
        null);
    add("p-norm below 1 at 0", x -> x.abs().pow(0.5).sum().pow(2), of(0, 0), of(0, 0), null);
    add("p-norm below 1 with a 0", x -> x.abs().pow(0.5).sum().pow(2), of(0, 4), of(0, 1), null);
    add(
        "p-norm below 1 by an exponent",
        x -> x.abs().pow(Tensor.scalar(1).times(0.5)).sum().square(),
        of(0, 4),
        of(0, 1),
        null);
    add(
        "p-norm between 1 and 2 at 0",
        x -> x.abs().pow(1.5).sum().pow(1 / 1.5),
        of(0, 0),
        of(0, 0),
        null);
    add("root at 0", Tensor::sqrt, of(0, 4), of(INF, 0.25f), null);
    add("fourth power of a root", x -> x.sqrt().square().square(), of(0, 3), of(0, 6), null);
    add("weight 0 of a root", x -> x.sqrt().times(data(0, 1)), of(0, 4), of(0, 0.25f), null);
    add("less than a root", x -> x.sqrt().maximum(1), of(0, 4), of(0, 0.25f), null);
    add("largest of logs", x -> x.log().max(), of(0, 4), of(0, 0.25f), of(0, -1 / 16f));
    add("largest of logs, squared", x -> x.log().max().square(), of(0, 1), of(0, 0), of(0, 2));
    add("slice of logs", x -> x.log().slice(0, 1, 2), of(0, 4), of(0, 0.25f), of(0, -1 / 16f));
    add(
        "weight 0 of exp",
        x -> x.exp().minimum(1),
        of(-1, 1000),
        of((float) Math.exp(-1), 0),
        null);
    add("weight 0 of 1/x", x -> x.reciprocal().minimum(1), of(2, 0), of(-0.25f, 0), of(0.25f, 0));
    add(
        "weight 0 of a quotient",
        x -> Tensor.scalar(1).div(x).minimum(1),
        of(2, 0),
        of(-0.25f, 0),
        of(0.25f, 0));
    add("weight 0 of log1p", x -> x.log1p().maximum(-1), of(1, -1), of(0.5f, 0), of(-0.25f, 0));

    // Where the first derivative is 0 the second need not be.
    add("square of a log at 1", x -> x.log().square(), of(1), of(0), of(2));
    add("square of a shifted root at 1", x -> x.sqrt().minus(1).square(), of(1), of(0), of(0.5f));
    add("square of a shifted 1/x", x -> x.reciprocal().minus(1).square(), of(1), of(0), of(2));
    add(
        "square of a shifted quotient",
        x -> Tensor.scalar(2).div(x).minus(2).square(),
        of(1),
        of(0),
        of(8));
    add("square of a shifted exp", x -> x.exp().minus(1).square(), of(0), of(0), of(2));
    add("square of log1p", x -> x.log1p().square(), of(0), of(0), of(2));
    add("square of a shifted power", x -> x.pow(0.5).minus(1).square(), of(1), of(0), of(0.5f));
  }

  private static float[][] run(Engine engine, Case c) {
    Shape shape = Shape.of(c.at.length);
    try (Program program =
        Tracing.compile(
            engine,
            List.of(shape),
            args -> {
              Tensor first = Gradients.of(c.f.apply(args.get(0)), args.get(0));
              return List.of(first, Gradients.of(first, args.get(0)));
            })) {
      float[][] out = new float[2][c.at.length];
      program.run(new float[][] {c.at}, out);
      return out;
    }
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreRightToSecondOrder() {
    return Stream.of(Engines.defaultEngine(), new ReferenceEngine())
        .flatMap(
            engine ->
                CASES.stream()
                    .map(
                        c ->
                            DynamicTest.dynamicTest(
                                engine.name() + ": " + c.name,
                                () -> {
                                  float[][] got = run(engine, c);
                                  assertClose("first", got[0], c.first);
                                  if (c.second != null) {
                                    assertClose("second", got[1], c.second);
                                  }
                                })));
  }

  private static void assertClose(String order, float[] got, float[] want) {
    for (int i = 0; i < want.length; i++) {
      float wanted = want[i];
      assertThat(got[i])
          .as("%s derivative at %d", order, i)
          .satisfies(
              value ->
                  assertThat(
                          value == wanted
                              || Math.abs(value - wanted) <= 2e-6f * Math.max(1, Math.abs(wanted)))
                      .isTrue());
    }
  }

  @Test
  void whatIsKnownToBeFiniteCostsNothing() {
    Tensor x = Tensor.of(new float[] {1, 2}, 2);
    Tensor y = x.sigmoid().plus(1).log().square().plus(x.square().plus(1).sqrt().square());
    assertThat(Gradients.of(y.sum(), x).explain()).doesNotContain("where").doesNotContain("equal");
  }
}
