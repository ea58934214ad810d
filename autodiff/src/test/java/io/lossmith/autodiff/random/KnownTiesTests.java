package io.lossmith.autodiff.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A value ties with itself, wherever it is computed: in a fold, beside it, along another axis. */
class KnownTiesTests {
  private static final int[][] SHAPES = {
    {100, 4}, {16, 4}, {8, 32}, {1, 63}, {2, 40}, {100, 64}, {3, 1000}, {1000, 8}
  };

  private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS = functions();

  private static Map<String, UnaryOperator<Tensor>> functions() {
    Map<String, UnaryOperator<Tensor>> functions = new LinkedHashMap<>();
    functions.put("exp", Tensor::exp);
    functions.put("sigmoid", Tensor::sigmoid);
    functions.put("tanh", Tensor::tanh);
    functions.put("square", Tensor::square);
    functions.put("x² + .3 x", x -> x.square().plus(x.times(.3)));
    functions.put("x flip x + .3", x -> x.times(x.flip(1)).plus(.3));
    functions.put("softplus x − x²", x -> x.softplus().minus(x.times(x)));
    functions.put("softmax(-1)", x -> x.softmax(-1));
    functions.put("softmax(0)", x -> x.softmax(0));
    functions.put("sharpened", x -> x.softmax(1).square().div(x.softmax(1).square().sumKeep(1)));
    return functions;
  }

  @TestFactory
  Stream<DynamicTest> aRowHoldsItsMaximum() {
    return each(
        (f, engine, shape) -> {
          OnEngine found =
              OnEngine.normal(
                  l -> {
                    Tensor y = f.apply(l.get(0));
                    return List.of(
                        y.equalTo(y.maxKeep(-1)).sum(-1), y.equalTo(y.minKeep(-1)).sum(-1));
                  },
                  shape);
          for (float[] counts : found.on(engine.engine())) {
            assertThat(counts).doesNotContain(0);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aRowHoldsNothingBeyondItsMaximum() {
    return each(
        (f, engine, shape) -> {
          OnEngine beyond =
              OnEngine.normal(
                  l -> {
                    Tensor y = f.apply(l.get(0));
                    return List.of(y.greaterThan(y.maxKeep(-1)), y.lessThan(y.minKeep(-1)));
                  },
                  shape);
          for (float[] holds : beyond.on(engine.engine())) {
            assertThat(holds).containsOnly(0);
          }
        });
  }

  /** The parts that ties share add up to the whole. */
  @TestFactory
  Stream<DynamicTest> aMaximumHandsItsWholeGradientOn() {
    return each(
        (f, engine, shape) -> {
          OnEngine parts =
              OnEngine.normal(
                  l -> {
                    Tensor y = f.apply(l.get(0)).plus(l.get(1));
                    return List.of(Gradients.of(y.max(-1).sum(), l.get(1)).sum(-1));
                  },
                  shape,
                  new int[] {1, 1});
          assertThat(parts.on(engine.engine())[0][0])
              .isCloseTo(shape[0], Offset.offset(1e-3f * shape[0]));
        });
  }

  @TestFactory
  Stream<DynamicTest> aValueEqualsItselfAlongAnotherAxis() {
    return onEach(
        contender -> {
          OnEngine same =
              OnEngine.normal(
                  l -> {
                    Tensor y = l.get(0).logSumExp(0);
                    return List.of(y.equalTo(y.unsqueeze(1)));
                  },
                  new int[] {2, 16});
          float[] equal = same.on(contender.engine())[0];
          for (int i = 0; i < 16; i++) {
            assertThat(equal[17 * i]).as("%d", i).isEqualTo(1);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aSquareLessItsTransposeIsZeroOnTheDiagonal() {
    return onEach(
        contender -> {
          for (int n : new int[] {8, 9, 16}) {
            OnEngine difference =
                OnEngine.of(
                    l -> {
                      Tensor y = l.get(0).softplus().minus(l.get(0).times(l.get(0)));
                      return List.of(y.permute(2, 1, 0).minus(y));
                    },
                    new int[] {n, 2, n});
            float[] numbers = difference.on(contender.engine())[0];
            for (int i = 0; i < n; i++) {
              assertThat(numbers[i * 2 * n + i]).as("%d of %d", i, n).isZero();
              assertThat(numbers[(i * 2 + 1) * n + i]).as("%d of %d", i, n).isZero();
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> hardOneHotsAreAsTheReferenceHasThem() {
    return onEach(contender -> asReference(contender, KnownTiesTests::hard, 1000, 8));
  }

  private static Tensor hard(Tensor x) {
    Tensor p = x.sigmoid();
    return p.equalTo(p.maxKeep(-1)).times(x.logSoftmax(-1)).sum(-1).mean();
  }

  @TestFactory
  Stream<DynamicTest> rowsScaledToOneHaveTheReferencesGradient() {
    return onEach(
        contender ->
            asReference(
                contender,
                x -> {
                  Tensor y = x.exp();
                  Tensor low = y.minKeep(-1);
                  return y.minus(low).div(y.maxKeep(-1).minus(low)).square().sum();
                },
                1000,
                8));
  }

  @TestFactory
  Stream<DynamicTest> leastAndGreatestProbabilitiesHaveTheReferencesGradient() {
    return onEach(
        contender -> {
          asReference(contender, x -> x.sigmoid().max(0).sum(), 8, 2);
          asReference(contender, x -> x.tanh().min(3).square().mean(), 1, 1, 8, 2);
          asReference(contender, x -> x.softmax(0).min(0).square().mean(), 2, 2, 1);
          asReference(contender, x -> x.maxPool(1).softmax(2).min(2).square().mean(), 2, 5, 3);
        });
  }

  private static void asReference(Contender contender, UnaryOperator<Tensor> f, int... shape) {
    OnEngine formula =
        OnEngine.normal(
            l -> {
              Tensor value = f.apply(l.get(0));
              return List.of(value, Gradients.of(value, l.get(0)));
            },
            shape);
    formula.requireReference(contender.engine(), 1e-4);
  }

  private interface Law {
    void check(UnaryOperator<Tensor> f, Contender contender, int... shape);
  }

  private interface EngineLaw {
    void check(Contender contender);
  }

  private static Stream<DynamicTest> each(Law law) {
    List<DynamicTest> tests = new ArrayList<>();
    FUNCTIONS.forEach(
        (name, f) -> {
          for (Contender contender : Contender.cpu()) {
            tests.add(
                dynamicTest(
                    contender.name() + ": " + name,
                    () -> {
                      for (int[] shape : SHAPES) {
                        law.check(f, contender, shape);
                      }
                    }));
          }
        });
    return tests.stream();
  }

  private static Stream<DynamicTest> onEach(EngineLaw law) {
    return Contender.cpu().stream()
        .map(contender -> dynamicTest(contender.name(), () -> law.check(contender)));
  }
}
