package io.lossmith.core.engine.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.core.op.Fold;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all kernels owe on folds: the formula in double, as near as float sums of a tile come. */
public abstract class FoldsContract {
  private static final int[] ROWS = {0, 1, 2, 3, 8, 21};

  protected abstract Kernels kernels();

  @ParameterizedTest
  @EnumSource
  void foldIsItsFormula(Fold fold) {
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] a = Samples.random(n + 7, 1, n);
      double must = fold.start();
      double size = 0;
      for (int i = 0; i < n; i++) {
        must = fold.apply(must, a[3 + i]);
        size += Math.abs(a[3 + i]);
      }
      assertNear(
          fold.label() + " of " + n, kernels().folds().fold(fold, a, 3, n), must, 1e-6 * size);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneNaNAnywhereMakesTheFoldNaN(Fold fold) {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (int at = 0; at < Math.min(n, 100); at++) {
        float[] a = Samples.random(n, 1, n);
        a[at] = Float.NaN;
        assertThat(kernels().folds().fold(fold, a, 0, n))
            .as("%s of %d, NaN at %d", fold, n, at)
            .isNaN();
      }
    }
  }

  @Test
  void theExtremesAreFoundWhereverTheyStand() {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (int at = 0; at < n; at++) {
        float[] a = new float[n];
        a[at] = 1;
        assertThat(kernels().folds().fold(Fold.MAX, a, 0, n)).isEqualTo(1f);
        a[at] = -1;
        assertThat(kernels().folds().fold(Fold.MIN, a, 0, n)).isEqualTo(-1f);
      }
    }
  }

  @Test
  void foldsOfInfinitiesAreInfinite() {
    float[] a = new float[100];
    Arrays.fill(a, Float.NEGATIVE_INFINITY);
    assertThat(kernels().folds().fold(Fold.MAX, a, 0, 100)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(kernels().folds().fold(Fold.SUM, a, 0, 100)).isEqualTo(Float.NEGATIVE_INFINITY);
    Arrays.fill(a, Float.POSITIVE_INFINITY);
    assertThat(kernels().folds().fold(Fold.MIN, a, 0, 100)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void dotAndDistanceAreTheirFormulas() {
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] a = Samples.random(n + 3, 1, n);
      float[] b = Samples.random(n + 6, 1, n + 1);
      double dot = 0;
      double dotSize = 0;
      double distance = 0;
      for (int i = 0; i < n; i++) {
        double product = (double) a[2 + i] * b[5 + i];
        dot += product;
        dotSize += Math.abs(product);
        distance += Math.abs((double) a[2 + i] - b[5 + i]);
      }
      assertNear("dot of " + n, kernels().folds().dot(a, 2, b, 5, n), dot, 1e-6 * dotSize);
      assertNear(
          "distance of " + n, kernels().folds().distance(a, 2, b, 5, n), distance, 1e-6 * distance);
    }
  }

  @ParameterizedTest
  @EnumSource
  void foldRowsIsItsFormula(Fold fold) {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (int rows : ROWS) {
        int stride = n + 3;
        float[] a = Samples.random(4 + rows * stride + n, 1, n + rows);
        float[] out = new float[n + 4];
        kernels().folds().foldRows(fold, Samples.inOne(a), 4, stride, rows, out, 2, n);
        for (int i = 0; i < n; i++) {
          double must = fold.start();
          for (int r = 0; r < rows; r++) {
            must = fold.apply(must, a[4 + r * stride + i]);
          }
          assertNear(fold + " of " + rows + " x " + n + " at " + i, out[2 + i], must, 2e-5);
        }
        assertThat(new float[] {out[0], out[1], out[n + 2], out[n + 3]}).containsOnly(0f);
        if (rows > 0) {
          kernels().folds().foldRows(fold, Samples.inOne(a), 4, stride, rows, a, 4, n);
          assertThat(Arrays.copyOfRange(a, 4, 4 + n))
              .as("%s of %d x %d in place", fold, rows, n)
              .isEqualTo(Arrays.copyOfRange(out, 2, 2 + n));
        }
      }
    }
  }

  @Test
  void foldRowsKeepsNaN() {
    for (Fold fold : Fold.values()) {
      for (int bad = 0; bad < 3; bad++) {
        float[] a = new float[3 * 70];
        Arrays.fill(a, bad * 70, bad * 70 + 70, Float.NaN);
        float[] out = new float[70];
        kernels().folds().foldRows(fold, Samples.inOne(a), 0, 70, 3, out, 0, 70);
        assertThat(out).as("%s, row %d", fold, bad).containsOnly(Float.NaN);
      }
    }
  }

  @Test
  void dotRowsIsItsFormula() {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (int rows : ROWS) {
        float[] a = Samples.random(1 + rows * (n + 2) + n, 1, n + rows);
        float[] b = Samples.random(3 + rows * n + n, 1, n - rows);
        float[] out = new float[n + 2];
        kernels()
            .folds()
            .dotRows(Samples.inOne(a), 1, n + 2, Samples.inOne(b), 3, n, rows, out, 1, n);
        for (int i = 0; i < n; i++) {
          double must = 0;
          for (int r = 0; r < rows; r++) {
            must += (double) a[1 + r * (n + 2) + i] * b[3 + r * n + i];
          }
          assertNear("dot of " + rows + " x " + n + " at " + i, out[1 + i], must, 3e-5);
        }
        assertThat(out[0]).isZero();
        assertThat(out[n + 1]).isZero();
      }
    }
  }

  @Test
  void softmaxGradientIsItsFormulaAlsoInPlace() {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (int rows : ROWS) {
        int gs = n + 1;
        float[] g = Samples.random(2 + rows * gs + n, 1, n + rows);
        float[] p = Samples.random(3 + rows * n + n, 1, n - rows);
        float[] out = new float[4 + rows * gs];
        float[] m = new float[n + 1];
        float[] rest = new float[n + 2];
        kernels()
            .folds()
            .softmaxGradient(
                Samples.inOne(g),
                2,
                gs,
                Samples.inOne(p),
                3,
                n,
                m,
                1,
                rest,
                2,
                Samples.inOne(out),
                4,
                gs,
                rows,
                n);
        for (int i = 0; i < n; i++) {
          double mean = 0;
          double sum = 0;
          for (int r = 0; r < rows; r++) {
            mean += (double) g[2 + r * gs + i] * p[3 + r * n + i];
            sum += p[3 + r * n + i];
          }
          for (int r = 0; r < rows; r++) {
            double must = p[3 + r * n + i] * (g[2 + r * gs + i] - mean - mean * (1 - sum));
            double within = 1e-5 * (1 + rows * (1 + Math.abs(mean)));
            assertNear("row " + r + " of " + rows + " x " + n, out[4 + r * gs + i], must, within);
          }
        }
        kernels()
            .folds()
            .softmaxGradient(
                Samples.inOne(g),
                2,
                gs,
                Samples.inOne(p),
                3,
                n,
                m,
                1,
                rest,
                2,
                Samples.inOne(g),
                2,
                gs,
                rows,
                n);
        for (int r = 0; r < rows; r++) {
          assertThat(Arrays.copyOfRange(g, 2 + r * gs, 2 + r * gs + n))
              .as("%d x %d in place", rows, n)
              .isEqualTo(Arrays.copyOfRange(out, 4 + r * gs, 4 + r * gs + n));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void expRowsIsTheNumeratorOfSoftmaxAndItsSum(boolean isBelowOne) {
    for (int n : Samples.lengths(kernels().lanes())) {
      for (int rows : ROWS) {
        int as = n + 1;
        float[] a = Samples.random(2 + rows * as + n, 5, n + rows);
        float[] m = new float[n + 3];
        kernels().folds().foldRows(Fold.MAX, Samples.inOne(a), 2, as, rows, m, 3, n);
        float[] out = new float[4 + rows * n];
        float[] sum = new float[n + 1];
        Arrays.fill(sum, 99);
        kernels()
            .folds()
            .expRows(
                Samples.inOne(a),
                2,
                as,
                m,
                3,
                isBelowOne,
                Samples.inOne(out),
                4,
                n,
                sum,
                1,
                rows,
                n);
        for (int i = 0; i < n; i++) {
          double total = 0;
          for (int r = 0; r < rows; r++) {
            double e = Math.exp((double) a[2 + r * as + i] - m[3 + i]);
            assertNear("e^… at row " + r + " of " + n, out[4 + r * n + i], e, 2e-6 * e);
            total += e;
          }
          assertNear("sum of " + rows + " x " + n, sum[1 + i], total, 2e-6 * total);
        }
        assertThat(sum[0]).isEqualTo(99f);
        float[] inPlaceSum = new float[n + 1];
        inPlaceSum[0] = 99;
        kernels()
            .folds()
            .expRows(
                Samples.inOne(a),
                2,
                as,
                m,
                3,
                isBelowOne,
                Samples.inOne(a),
                2,
                as,
                inPlaceSum,
                1,
                rows,
                n);
        assertThat(inPlaceSum).as("%d x %d in place", rows, n).isEqualTo(sum);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void expRowsIsRightFarBelowZeroAndKeepsNaN(boolean isBelowOne) {
    float[] special = {0, -0f, -1e-30f, -87, -88, -104, -1e30f, Float.NEGATIVE_INFINITY, Float.NaN};
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] a = new float[n];
      for (int i = 0; i < n; i++) {
        a[i] = special[i % special.length];
      }
      float[] out = new float[n];
      kernels()
          .folds()
          .expRows(
              Samples.inOne(a),
              0,
              n,
              new float[n],
              0,
              isBelowOne,
              Samples.inOne(out),
              0,
              n,
              new float[n],
              0,
              1,
              n);
      for (int i = 0; i < n; i++) {
        double must = Math.exp(a[i]);
        if (Double.isNaN(must)) {
          assertThat(out[i]).as("%d of %d", i, n).isNaN();
        } else {
          double error = Math.max(2e-6 * must, Float.MIN_NORMAL);
          assertThat((double) out[i]).as("e^%s, %d", a[i], n).isCloseTo(must, within(error));
        }
      }
    }
  }

  @Test
  void scaledExpIsItsFormulaAlsoInPlace() {
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] a = Samples.random(n + 1, 5, n);
      float[] m = Samples.random(n + 2, 5, n + 1);
      float[] scale = Samples.random(n + 3, 1, n + 2);
      float[] out = new float[n + 1];
      kernels().folds().scaledExp(a, 1, m, 2, false, scale, 3, out, 0, n);
      for (int i = 0; i < n; i++) {
        double must = Math.exp((double) a[1 + i] - m[2 + i]) * scale[3 + i];
        assertNear("at " + i + " of " + n, out[i], must, 3e-6 * Math.abs(must));
      }
      assertThat(out[n]).isZero();
      float[] inPlace = Arrays.copyOfRange(a, 1, n + 2);
      kernels().folds().scaledExp(inPlace, 0, m, 2, false, scale, 3, inPlace, 0, n);
      assertThat(Arrays.copyOf(inPlace, n)).isEqualTo(Arrays.copyOf(out, n));
    }
  }

  @ParameterizedTest
  @EnumSource
  void foldIntoCopiesAndFolds(Fold fold) {
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] a = Samples.random(n + 2, 1, n);
      float[] before = Samples.random(n + 3, 1, n + 1);
      if (n > 2) {
        a[2 + n / 2] = Float.NaN;
      }
      float[] copy = new float[n + 2];
      float[] folded = before.clone();
      kernels().folds().foldInto(fold, a, 2, copy, 1, folded, 3, n);
      for (int i = 0; i < n; i++) {
        assertThat(Float.valueOf(copy[1 + i])).isEqualTo(Float.valueOf(a[2 + i]));
        Float must = (float) fold.apply(before[3 + i], a[2 + i]);
        assertThat(Float.valueOf(folded[3 + i])).as("%s at %d of %d", fold, i, n).isEqualTo(must);
      }
      assertThat(copy[0] + copy[n + 1]).isZero();
      assertThat(Arrays.copyOf(folded, 3)).isEqualTo(Arrays.copyOf(before, 3));
    }
  }

  @Test
  void theGreatestOfTwoRowsAtOnceIsThatOfOneAfterTheOther() {
    for (int n : Samples.lengths(kernels().lanes())) {
      float[] a = Samples.random(2 * n + 5, 1, n);
      float[] folded = Samples.random(n + 3, 1, n + 1);
      if (n > 2) {
        a[2 + n / 2] = Float.NaN;
        a[3 + n] = -0f;
        folded[3] = 0f;
      }
      float[] must = folded.clone();
      float[] copies = new float[2 * n + 4];
      kernels().folds().foldInto(Fold.MAX, a, 2, copies, 1, must, 3, n);
      kernels().folds().foldInto(Fold.MAX, a, n + 3, copies, n + 2, must, 3, n);
      float[] copy = new float[2 * n + 4];
      kernels().folds().maxTwoInto(a, 2, n + 3, copy, 1, copy, n + 2, folded, 3, n);
      assertThat(copy).as("copies of %d", n).isEqualTo(copies);
      assertThat(folded).as("greatest of %d", n).isEqualTo(must);
    }
  }

  private static void assertNear(String what, float is, double must, double error) {
    if (Double.isInfinite(must)) {
      assertThat((double) is).as(what).isEqualTo(must);
    } else {
      assertThat((double) is).as(what).isCloseTo(must, within(error));
    }
  }
}
