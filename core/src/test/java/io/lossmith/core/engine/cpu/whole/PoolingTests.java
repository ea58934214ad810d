package io.lossmith.core.engine.cpu.whole;

import static io.lossmith.core.engine.cpu.whole.WholeArrayCase.shape;
import static io.lossmith.core.engine.cpu.whole.WholeArrayCase.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.op.AveragePool;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.MaxPoolScatter;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ties, NaN and infinities in pools. */
class PoolingTests {
  private static final float NAN = Float.NaN;
  private static final Window HALVES = window(2, 2, 2, 0, 1);
  private static final Window SLOW_HALVES =
      new Window(List.of(2, 2), List.of(2, 2), List.of(0, 0), List.of(1, 2));

  /** Picks and scatters the numbers 1, 2, … of a single window, and compares with the formula. */
  private static float picked(Window window, int rows, int columns, float... key) {
    float[] values = {1, 2, 3, 4, 5, 6};
    values = Arrays.copyOf(values, key.length);
    WholeArrayCase pick =
        new WholeArrayCase(
            new MaxPoolPick(window),
            List.of(shape(1, 1, rows, columns), shape(1, 1, rows, columns)));
    float[][] operands = {key, values};
    float[] result = pick.run(pick.kernel(true), operands, LineKernel.ALONE);
    assertThat((double) result[0]).isEqualTo(pick.expected(operands)[0]);
    WholeArrayCase scatter =
        new WholeArrayCase(
            new MaxPoolScatter(window), List.of(shape(1, 1, rows, columns), shape(1, 1, 1, 1)));
    float[] scattered = new float[key.length];
    scattered[(int) result[0] - 1] = 7;
    float[][] gradient = {key, {7}};
    assertThat(scatter.run(scatter.kernel(true), gradient, LineKernel.ALONE)).isEqualTo(scattered);
    return result[0];
  }

  @Test
  void theFirstOfEqualKeysIsPicked() {
    assertThat(picked(HALVES, 2, 2, 1, 1, 1, 1)).isEqualTo(1);
    assertThat(picked(HALVES, 2, 2, 0, 3, 3, 1)).isEqualTo(2);
    assertThat(picked(HALVES, 2, 2, 0, 1, 3, 3)).isEqualTo(3);
    assertThat(picked(HALVES, 2, 2, -0f, 0f, 0f, -0f)).isEqualTo(1);
    assertThat(picked(SLOW_HALVES, 2, 3, 0, 9, 3, 3, 9, 3)).isEqualTo(3);
  }

  @Test
  void theFirstNaNCountsAsGreatest() {
    assertThat(picked(HALVES, 2, 2, 1, NAN, Float.POSITIVE_INFINITY, NAN)).isEqualTo(2);
    assertThat(picked(HALVES, 2, 2, 1, 2, 3, NAN)).isEqualTo(4);
    assertThat(picked(HALVES, 2, 2, 1, 2, NAN, 4)).isEqualTo(3);
    assertThat(picked(HALVES, 2, 2, NAN, 2, NAN, 4)).isEqualTo(1);
    assertThat(picked(SLOW_HALVES, 2, 3, 1, 9, 2, NAN, 9, NAN)).isEqualTo(4);
  }

  @Test
  void maxPoolingOfOneTensorKeepsNaN() {
    WholeArrayCase pick =
        new WholeArrayCase(new MaxPoolPick(HALVES), List.of(shape(1, 1, 2, 4), shape(1, 1, 2, 4)));
    float[] x = {1, NAN, -3, -2, 4, 2, -1, -5};
    assertThat(pick.run(pick.kernel(true), new float[][] {x, x}, LineKernel.ALONE))
        .containsExactly(NAN, -1);
  }

  @Test
  void paddingIsNeverPickedAndAWindowOfPaddingGivesZero() {
    WholeArrayCase pick =
        new WholeArrayCase(
            new MaxPoolPick(window(2, 1, 1, 1, 1)), List.of(shape(1, 1, 1, 1), shape(1, 1, 1, 1)));
    float[][] operands = {{-3}, {-5}};
    assertThat(pick.run(pick.kernel(false), operands, LineKernel.ALONE))
        .containsExactly(0, 0, 0, 0, -5, 0, 0, 0, 0);
  }

  @Test
  void aNaNReachesNoFurtherThanItsWindows() {
    WholeArrayCase average =
        new WholeArrayCase(new AveragePool(window(2, 31, 1, 15, 1)), List.of(shape(1, 1, 80, 90)));
    float[][] operands = average.operands(1);
    operands[0][40 * 90 + 45] = NAN;
    operands[0][0] = Float.NEGATIVE_INFINITY;
    double[] expected = average.expected(operands);
    for (boolean simd : new boolean[] {false, true}) {
      float[] result = average.run(average.kernel(simd), operands, LineKernel.ALONE);
      for (int i = 0; i < result.length; i++) {
        assertThat(Double.isFinite(result[i])).isEqualTo(Double.isFinite(expected[i]));
      }
    }
  }

  /** Few different keys, so that all kinds of them tie in every window. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void windowsThatOverlapTreatSpecialNumbersAsTheFormulaDoes(int axes) {
    float[] special = {NAN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f, 1};
    Shape x = axes == 1 ? shape(2, 1, 400) : axes == 2 ? shape(1, 2, 9, 40) : shape(1, 1, 5, 6, 20);
    Random random = new Random(axes);
    float[] key = new float[x.count()];
    float[] values = new float[x.count()];
    for (int i = 0; i < key.length; i++) {
      int kinds = i < key.length / 2 ? 6 : 2;
      key[i] = special[(kinds == 2 ? 2 : 0) + random.nextInt(kinds)];
      values[i] = i + 1;
    }
    List<Window> one = List.of(window(axes, 3, 1, 1, 1));
    List<Window> several = List.of(one.get(0), window(axes, 1, 1, 0, 1), one.get(0));
    for (List<Window> windows : List.of(one, several)) {
      WholeArrayCase pick = new WholeArrayCase(new MaxPoolPick(windows), List.of(x, x));
      WholeArrayCase scatter = new WholeArrayCase(new MaxPoolScatter(windows), List.of(x, x));
      for (boolean simd : new boolean[] {false, true}) {
        requireFormula(pick, simd, key, key);
        requireFormula(pick, simd, key, values);
        requireFormula(scatter, simd, key, values);
      }
    }
  }

  private static void requireFormula(WholeArrayCase tested, boolean simd, float[]... operands) {
    float[] result = tested.run(tested.kernel(simd), operands, LineKernel.ALONE);
    double[] expected = tested.expected(operands);
    for (int i = 0; i < result.length; i++) {
      assertThat((double) result[i] + 0.0)
          .as("element %d", i)
          .isEqualTo((Double) (expected[i] + 0.0));
    }
  }
}
