package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.reference.ReferenceEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Laws of choices and of gradients that are 0, over formulas put together at random. */
class ChoiceLawTests {
  private static final int ROWS = 3;
  private static final int COLUMNS = 4;
  private static final Shape SHAPE = Shape.of(ROWS, COLUMNS);
  private static final float[] BAD = {
    0, -1, 1e30f, -1e30f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
  };

  /** From positive numbers to positive numbers, each element from one of each. */
  private static final List<BinaryOperator<Tensor>> ELEMENTS =
      List.of(
          (x, t) -> x.log().square().plus(0.5),
          (x, t) -> x.sqrt(),
          (x, t) -> x.reciprocal(),
          (x, t) -> x.minus(1).exp(),
          (x, t) -> x.log1p(),
          (x, t) -> x.pow(0.3),
          (x, t) -> x.pow(-1.5),
          (x, t) -> x.pow(t),
          (x, t) -> t.pow(x),
          (x, t) -> x.times(t),
          (x, t) -> x.div(t),
          (x, t) -> t.div(x),
          (x, t) -> x.tanh().plus(t),
          (x, t) -> x.softplus().times(x.sigmoid()),
          (x, t) -> x.atan().plus(x.square().times(0.1)),
          (x, t) -> x.maximum(t).plus(x.minimum(0.7)),
          (x, t) -> x.minus(0.9).relu().plus(x.minus(t).abs().plus(0.1)),
          (x, t) -> Tensor.where(x.greaterThan(t), x.log1p(), t.times(x)));

  /** The same, each row from one of each. */
  private static final List<BinaryOperator<Tensor>> ROWWISE =
      List.of(
          (x, t) -> x.softmax(1).plus(0.2),
          (x, t) -> x.logSumExp(1).unsqueeze(1).plus(x),
          (x, t) -> x.logSoftmax(1).unaryMinus().plus(0.1),
          (x, t) -> x.div(x.sumKeep(1)),
          (x, t) -> x.div(x.square().sumKeep(1).sqrt()),
          (x, t) -> x.maxKeep(1).plus(x.times(t)),
          (x, t) -> x.minus(x.meanKeep(1)).square().meanKeep(1).sqrt().plus(t.times(x)),
          (x, t) -> x.permute(1, 0).log1p().permute(1, 0),
          (x, t) -> x.reshape(2, 2, 3).sqrt().reshape(ROWS, COLUMNS),
          (x, t) -> x.flip(1).times(x),
          (x, t) -> Tensor.concat(1, x.slice(1, 1, COLUMNS), x.slice(1, 0, 1)).plus(x));

  private static Tensor chain(Random random, boolean rowwise, Tensor x, Tensor t) {
    Tensor y = x;
    int size = 1 + random.nextInt(4);
    for (int i = 0; i < size; i++) {
      List<BinaryOperator<Tensor>> some = rowwise && random.nextBoolean() ? ROWWISE : ELEMENTS;
      Tensor next = some.get(random.nextInt(some.size())).apply(y, t);
      y = random.nextInt(4) == 0 ? next.plus(y) : next;
    }
    return y;
  }

  /** Returns value, gradients with respect to both, and the gradient of the sum of the first. */
  private static float[][] run(
      Engine engine, Function<List<Tensor>, Tensor> f, float[] x, float[] t) {
    try (Program program =
        Tracing.compile(
            engine,
            List.of(SHAPE, SHAPE),
            args -> {
              Tensor value = f.apply(args);
              List<Tensor> first = Gradients.of(value, args);
              return List.of(
                  value.sum(), first.get(0), first.get(1), Gradients.of(first.get(0), args.get(0)));
            })) {
      float[][] out = {new float[1], new float[x.length], new float[x.length], new float[x.length]};
      program.run(new float[][] {x, t}, out);
      return out;
    }
  }

  private static float[] numbers(Random random) {
    float[] values = new float[SHAPE.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.3f + 1.5f * random.nextFloat();
    }
    return values;
  }

  @Property(tries = 400)
  void whatIsNotChosenLeaksNothing(@ForAll long seed, @ForAll boolean rowwise) {
    Random random = new Random(seed);
    float[] valid = new float[rowwise ? ROWS : SHAPE.count()];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = random.nextInt(2);
    }
    Tensor condition = rowwise ? Tensor.of(valid, ROWS, 1) : Tensor.of(valid, ROWS, COLUMNS);
    boolean other = random.nextBoolean();
    boolean folded = rowwise && random.nextBoolean();
    long formula = random.nextLong();
    Function<List<Tensor>, Tensor> f =
        args -> {
          Tensor y = chain(new Random(formula), rowwise, args.get(0), args.get(1));
          Tensor z = folded ? y.meanKeep(1) : y;
          return other ? Tensor.where(condition.equalTo(0), 0, z) : Tensor.where(condition, z, 0);
        };
    float[] x = numbers(random);
    float[] t = numbers(random);
    float[] badX = x.clone();
    float[] badT = t.clone();
    for (int i = 0; i < x.length; i++) {
      if (valid[rowwise ? i / COLUMNS : i] == 0) {
        badX[i] = random.nextBoolean() ? BAD[random.nextInt(BAD.length)] : x[i];
        badT[i] = random.nextBoolean() ? BAD[random.nextInt(BAD.length)] : t[i];
      }
    }
    for (Engine engine : List.of(Engines.defaultEngine(), new ReferenceEngine())) {
      float[][] want = run(engine, f, x, t);
      float[][] got = run(engine, f, badX, badT);
      assertThat(got[0][0]).as("value").isEqualTo(want[0][0]);
      for (int k = 1; k < got.length; k++) {
        for (int i = 0; i < x.length; i++) {
          boolean chosen = valid[rowwise ? i / COLUMNS : i] != 0;
          if (!chosen) {
            assertThat(got[k][i] == 0).as("output %d at %d, %s", k, i, got[k][i]).isTrue();
          } else if (!Float.isNaN(want[k][i])) {
            assertThat(got[k][i]).as("output %d at %d", k, i).isEqualTo(want[k][i]);
          }
        }
      }
    }
  }

  /** (h(x) − h(a))² at a has the gradient 0 and the second derivative 2h′(a)². */
  @Property(tries = 200)
  void aGradientOfZeroHasASecondDerivative(@ForAll long seed) {
    Random random = new Random(seed);
    long formula = random.nextLong();
    Function<List<Tensor>, Tensor> h =
        args -> chain(new Random(formula), false, args.get(0), args.get(1).stopGradient());
    float[] x = numbers(random);
    float[] t = numbers(random);
    Engine engine = new ReferenceEngine();
    float[] slope = run(engine, h, x, t)[1];
    float[][] got =
        run(
            engine,
            args -> {
              Tensor y = h.apply(args);
              return y.minus(y.stopGradient()).square();
            },
            x,
            t);
    for (int i = 0; i < x.length; i++) {
      assertThat(got[1][i] == 0).as("first at %d", i).isTrue();
      float want = (float) (2.0 * slope[i] * slope[i]); // infinite beyond the largest float
      assertThat(got[3][i] == want || Math.abs(got[3][i] - want) < 1e-4 * Math.max(1e-3, want))
          .as("second at %d of %s: %s, must be %s", i, Arrays.toString(x), got[3][i], want)
          .isTrue();
    }
  }
}
