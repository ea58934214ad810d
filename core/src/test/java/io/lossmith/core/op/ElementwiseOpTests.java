package io.lossmith.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operations say of themselves, against their formulas: no more than is so, and no less. */
class ElementwiseOpTests {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Floats, ascending. */
  private static final double[] SAMPLES = {
    -INF, -3e38f, -90, -20.5f, -2.5f, -1, -0.3f, -1e-30f, 0, 1e-30f, 0.3f, 1, 2.5f, 20.5f, 90,
    3e38f, INF
  };

  @ParameterizedTest
  @EnumSource
  void resultsOfOneOperandLieWhereItSays(Unary op) {
    for (int low = 0; low < SAMPLES.length; low++) {
      for (int high = low; high < SAMPLES.length; high++) {
        Interval results = op.of(Interval.of(SAMPLES[low], SAMPLES[high]));
        for (int i = low; i <= high; i++) {
          require(op, results, op.apply(SAMPLES[i]));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void resultsOfTwoOperandsLieWhereItSays(Binary op) {
    for (int low = 0; low < SAMPLES.length; low++) {
      for (int high = low; high < SAMPLES.length; high++) {
        Interval x = Interval.of(SAMPLES[low], SAMPLES[high]);
        for (double end : SAMPLES) {
          Interval y = Interval.of(end, INF);
          for (int i = low; i <= high; i++) {
            for (double other : DoubleStream.of(SAMPLES).filter(s -> s >= end).toArray()) {
              require(op, op.of(x, y), op.apply(SAMPLES[i], other));
              require(op, op.of(y, x), op.apply(other, SAMPLES[i]));
            }
          }
        }
      }
    }
  }

  private static void require(ElementwiseOp op, Interval range, double result) {
    if (Double.isNaN(result)) {
      return;
    }
    assertThat(range.low() <= result && result <= range.high())
        .as("%s is %s, must be in %s", op, result, range)
        .isTrue();
    if (range.neverZero()) {
      assertThat((float) result).as(op + " in " + range).isNotZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aUnaryOperationSaysWhetherItIsNeverBelow0(Unary op) {
    assertThat(op.isNotNegative()).isEqualTo(all(results(op), y -> !(y < 0)));
  }

  @ParameterizedTest
  @EnumSource
  void aUnaryOperationSaysWhetherItRounds(Unary op) {
    assertThat(op.rounding() == Rounding.EXACT)
        .isEqualTo(all(results(op), ElementwiseOpTests::isFloat));
  }

  @ParameterizedTest
  @EnumSource
  void aBinaryOperationSaysWhetherItRounds(Binary op) {
    assertThat(op.rounding() == Rounding.EXACT)
        .isEqualTo(all(results(op), ElementwiseOpTests::isFloat));
  }

  @ParameterizedTest
  @EnumSource
  void aBinaryOperationSaysWhetherItCompares(Binary op) {
    assertThat(op.isComparison()).isEqualTo(all(results(op), y -> y == 0 || y == 1));
  }

  @ParameterizedTest
  @EnumSource
  void aBinaryOperationSaysWhetherItCommutes(Binary op) {
    boolean commutes = true;
    for (double a : SAMPLES) {
      for (double b : SAMPLES) {
        commutes &= Double.compare(op.apply(a, b), op.apply(b, a)) == 0;
      }
    }
    assertThat(op.commutes()).isEqualTo(commutes);
  }

  private static double[] results(Unary op) {
    return Arrays.stream(SAMPLES).map(op::apply).toArray();
  }

  private static double[] results(Binary op) {
    return Arrays.stream(SAMPLES)
        .flatMap(a -> Arrays.stream(SAMPLES).map(b -> op.apply(a, b)))
        .toArray();
  }

  private static boolean all(double[] results, DoublePredicate holds) {
    return Arrays.stream(results).allMatch(holds);
  }

  private static boolean isFloat(double y) {
    return Double.isNaN(y) || y == (float) y;
  }
}
