package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Fold;
import java.util.Arrays;

/**
 * Folds of a stretch and across rows. Sums along a stretch run in eight separate accumulators: one
 * would wait for itself at every step, and round more.
 */
final class PlainFolds {
  /** So many running extremes at once, which vector instructions can hold. */
  private static final int LANES = 64;

  private PlainFolds() {}

  static float fold(Fold fold, float[] a, int ao, int n) {
    return switch (fold) {
      case SUM -> sum(a, ao, n);
      case MAX -> max(a, ao, n);
      case MIN -> min(a, ao, n);
    };
  }

  private static float sum(float[] a, int ao, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = ao;
    for (; i <= ao + n - 8; i += 8) {
      s0 += a[i];
      s1 += a[i + 1];
      s2 += a[i + 2];
      s3 += a[i + 3];
      s4 += a[i + 4];
      s5 += a[i + 5];
      s6 += a[i + 6];
      s7 += a[i + 7];
    }
    float sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    for (; i < ao + n; i++) {
      sum += a[i];
    }
    return sum;
  }

  private static float max(float[] a, int ao, int n) {
    float[] lanes = Scratch.mine().total;
    Arrays.fill(lanes, 0, LANES, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      join(Fold.MAX, a, ao + i, lanes, 0, LANES);
    }
    float max = Float.NEGATIVE_INFINITY;
    for (int lane = 0; lane < LANES; lane++) {
      max = Math.max(max, lanes[lane]);
    }
    for (; i < n; i++) {
      max = Math.max(max, a[ao + i]);
    }
    return max;
  }

  private static float min(float[] a, int ao, int n) {
    float[] lanes = Scratch.mine().total;
    Arrays.fill(lanes, 0, LANES, Float.POSITIVE_INFINITY);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      join(Fold.MIN, a, ao + i, lanes, 0, LANES);
    }
    float min = Float.POSITIVE_INFINITY;
    for (int lane = 0; lane < LANES; lane++) {
      min = Math.min(min, lanes[lane]);
    }
    for (; i < n; i++) {
      min = Math.min(min, a[ao + i]);
    }
    return min;
  }

  static float dot(float[] a, int ao, float[] b, int bo, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += a[ao + i] * b[bo + i];
      s1 += a[ao + i + 1] * b[bo + i + 1];
      s2 += a[ao + i + 2] * b[bo + i + 2];
      s3 += a[ao + i + 3] * b[bo + i + 3];
    }
    float sum = (s0 + s1) + (s2 + s3);
    for (; i < n; i++) {
      sum += a[ao + i] * b[bo + i];
    }
    return sum;
  }

  static float distance(float[] a, int ao, float[] b, int bo, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += Math.abs(a[ao + i] - b[bo + i]);
      s1 += Math.abs(a[ao + i + 1] - b[bo + i + 1]);
      s2 += Math.abs(a[ao + i + 2] - b[bo + i + 2]);
      s3 += Math.abs(a[ao + i + 3] - b[bo + i + 3]);
    }
    float sum = (s0 + s1) + (s2 + s3);
    for (; i < n; i++) {
      sum += Math.abs(a[ao + i] - b[bo + i]);
    }
    return sum;
  }

  static void rows(Fold fold, float[] a, int ao, int stride, int rows, float[] out, int oo, int n) {
    if (rows == 0) {
      Arrays.fill(out, oo, oo + n, (float) fold.start());
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(a, ao + from, s.x, 0, m);
      for (int r = 1; r < rows; r++) {
        System.arraycopy(a, ao + r * stride + from, s.y, 0, m);
        joinInPlace(fold, s.x, s.y, m);
      }
      System.arraycopy(s.x, 0, out, oo + from, m);
    }
  }

  /** out = fold(out, a). */
  static void join(Fold fold, float[] a, int ao, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(out, oo + from, s.x, 0, m);
      System.arraycopy(a, ao + from, s.y, 0, m);
      joinInPlace(fold, s.x, s.y, m);
      System.arraycopy(s.x, 0, out, oo + from, m);
    }
  }

  private static int joinInPlace(Fold fold, float[] x, float[] y, int n) {
    return switch (fold) {
      case SUM -> joinSum(x, y, n);
      case MAX -> joinMax(x, y, n);
      case MIN -> joinMin(x, y, n);
    };
  }

  private static int joinSum(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] += y[i];
    }
    return n;
  }

  private static int joinMax(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(x[i], y[i]);
    }
    return n;
  }

  private static int joinMin(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.min(x[i], y[i]);
    }
    return n;
  }

  static void dotRows(
      float[] a, int ao, int as, float[] b, int bo, int bs, int rows, float[] out, int oo, int n) {
    if (rows == 0) {
      Arrays.fill(out, oo, oo + n, 0f);
      return;
    }
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      Arrays.fill(s.z, 0, m, 0f);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(a, ao + r * as + from, s.x, 0, m);
        System.arraycopy(b, bo + r * bs + from, s.y, 0, m);
        addProduct(s.z, s.x, s.y, m);
      }
      System.arraycopy(s.z, 0, out, oo + from, m);
    }
  }

  /** sum = sum + x · y. */
  static void addProduct(float[] sum, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += x[i] * y[i];
    }
  }
}
