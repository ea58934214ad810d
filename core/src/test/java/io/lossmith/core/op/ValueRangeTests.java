package io.lossmith.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a range lets through. */
class ValueRangeTests {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final ValueRange UNIT = ValueRange.of(0, 1);
  private static final ValueRange LABELS = ValueRange.of(0, 5).wholeNumbers();

  private static Arguments row(ValueRange range, double[] good, double... bad) {
    return Arguments.of(range, good, bad);
  }

  private static double[] good(double... values) {
    return values;
  }

  static Stream<Arguments> ranges() {
    return Stream.of(
        row(UNIT, good(0, -0.0, 0.5, 1), -0.001, 1.001, NAN, INF, -INF),
        row(UNIT.orNaN(), good(0, 1, NAN), -1, 2, INF, -INF),
        row(UNIT.or(-1), good(0, 0.5, 1, -1), -0.5, -2, 2, NAN),
        row(LABELS, good(0, -0.0, 3, 5), -1, 6, 0.5, 4.999, NAN, INF),
        row(LABELS.or(255), good(0, 5, 255), 6, 254, 256, 254.5, NAN, INF),
        row(LABELS.or(-100), good(0, 5, -100), -1, -99, -101, 6),
        row(LABELS.orNaN(), good(0, 5, NAN), 0.5, -1, 6),
        row(LABELS.or(2.5), good(2, 2.5, 3), 3.5, NAN),
        row(ValueRange.of(-3, 3).wholeNumbers(), good(-3, -1, 0, 3), -4, -2.5, 4),
        row(ValueRange.of(-INF, INF), good(0, 1e30, INF, -INF), NAN),
        row(ValueRange.of(0, INF).wholeNumbers(), good(0, 1e30, INF), -1, 0.5, NAN));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ranges")
  void aRangeHoldsWhatItSays(ValueRange range, double[] good, double[] bad) {
    for (double x : good) {
      assertThat(range.holds(x)).as("%s in %s", x, range).isTrue();
      assertThat(new OutOfRange(range).apply(x)).isZero();
    }
    for (double x : bad) {
      assertThat(range.holds(x)).as("%s in %s", x, range).isFalse();
      assertThat(new OutOfRange(range).apply(x)).isOne();
    }
  }

  @Test
  void boundsAreFloatsAsTheNumbersComparedWithThemAre() {
    ValueRange range = ValueRange.of(0.1, 0.3).or(0.7);
    assertThat(range.holds(0.1f)).isTrue();
    assertThat(range.holds(0.3f)).isTrue();
    assertThat(range.holds(0.7f)).isTrue();
    assertThat(range.holds(Math.nextUp(0.3f))).isFalse();
    assertThat(range.holds(Math.nextDown(0.1f))).isFalse();
  }

  @Test
  void aRangeIsNamedAsItIsWritten() {
    assertThat(UNIT).hasToString("0..1");
    assertThat(LABELS.or(255)).hasToString("whole 0..5 or 255");
    assertThat(ValueRange.of(0.25, INF).orNaN()).hasToString("0.25..Infinity or NaN");
    assertThat(new OutOfRange(LABELS).label()).isEqualTo("out of whole 0..5");
  }
}
