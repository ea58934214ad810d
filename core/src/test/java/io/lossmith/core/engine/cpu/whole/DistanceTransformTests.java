package io.lossmith.core.engine.cpu.whole;

import static io.lossmith.core.engine.cpu.whole.WholeArrayCase.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.op.DistanceTransform;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distances to few, many and no zeros, and to far ones. */
class DistanceTransformTests {
  /** Returns the distances, with and without vectors the same. */
  private static float[] distances(Shape shape, float[] x, Double... spacing) {
    WholeArrayCase transform =
        new WholeArrayCase(new DistanceTransform(List.of(spacing)), List.of(shape));
    float[] plain = transform.run(transform.kernel(false), new float[][] {x}, LineKernel.ALONE);
    float[] simd = transform.run(transform.kernel(true), new float[][] {x}, LineKernel.ALONE);
    assertThat(simd).isEqualTo(plain);
    return simd;
  }

  /** From no zero at all to nothing else: distances of whole elements have the formula's bits. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0005, 0.01, 0.2, 0.9, 1})
  void wholeElementsGiveTheBitsOfTheFormula(double zeros) {
    Random random = new Random(7);
    for (Shape shape :
        List.of(
            shape(2, 2, 31, 37),
            shape(1, 1, 67, 140),
            shape(1, 3, 9, 10, 11),
            shape(1, 1, 3, 50, 70),
            shape(1, 2, 600))) {
      float[] x = new float[shape.count()];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextDouble() < zeros ? 0 : 1;
      }
      Double[] ones = new Double[shape.rank() - 2];
      Arrays.fill(ones, 1.0);
      WholeArrayCase transform =
          new WholeArrayCase(new DistanceTransform(List.of(ones)), List.of(shape));
      double[] expected = transform.expected(new float[][] {x});
      float[] rounded = new float[expected.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) expected[i];
      }
      assertThat(distances(shape, x, ones)).isEqualTo(rounded);
    }
  }

  /**
   * Near ones, far ones and ones in between, beside each other: a disc, its rim and a far point.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 130})
  void objectsOfAnySizeAreMeasuredFromInsideAndOutside(int radius) {
    Shape shape = shape(1, 2, 150, 200);
    float[] x = new float[shape.count()];
    for (int i = 0; i < x.length; i++) {
      int row = i / 200 % 150 - 80;
      int column = i % 200 - 100;
      boolean isInside = row * row + column * column < radius * radius || i % 30_000 == 205;
      x[i] = isInside == i < 30_000 ? 1 : 0;
    }
    float[] distances = distances(shape, x, 1.0, 1.0);
    WholeArrayCase transform =
        new WholeArrayCase(new DistanceTransform(List.of(1.0, 1.0)), List.of(shape));
    double[] expected = transform.expected(new float[][] {x});
    for (int i = 0; i < x.length; i++) {
      assertThat(distances[i]).isEqualTo((float) expected[i]);
    }
  }

  @Test
  void squaresBeyondWhatAFloatHoldsStayExact() {
    Shape shape = shape(1, 1, 3, 30_000);
    float[] x = new float[shape.count()];
    Arrays.fill(x, 1);
    x[0] = 0;
    float[] distances = distances(shape, x, 1.0, 1.0);
    for (int i = 0; i < x.length; i += 17) {
      double row = i / 30_000;
      double column = i % 30_000;
      assertThat(distances[i]).isEqualTo((float) Math.sqrt(row * row + column * column));
    }
  }

  @Test
  void anAxisWithWideSpacingIsCrossedLast() {
    Shape shape = shape(1, 1, 2, 4);
    float[] x = {1, 1, 1, 0, 0, 1, 1, 1};
    assertThat(distances(shape, x, 2.5, 1.0)).containsExactly(2.5f, 2, 1, 0, 0, 1, 2, 2.5f);
  }
}
