package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import java.util.Arrays;

/**
 * Folds of a stretch and across rows. Sums along a stretch run in eight separate accumulators: one
 * would wait for itself at every step, and round more.
 */
final class PlainFolds {
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
    float m0 = Float.NEGATIVE_INFINITY;
    float m1 = m0;
    float m2 = m0;
    float m3 = m0;
    int i = ao;
    for (; i <= ao + n - 4; i += 4) {
      m0 = Math.max(m0, a[i]);
      m1 = Math.max(m1, a[i + 1]);
      m2 = Math.max(m2, a[i + 2]);
      m3 = Math.max(m3, a[i + 3]);
    }
    for (; i < ao + n; i++) {
      m0 = Math.max(m0, a[i]);
    }
    return Math.max(Math.max(m0, m1), Math.max(m2, m3));
  }

  private static float min(float[] a, int ao, int n) {
    float m0 = Float.POSITIVE_INFINITY;
    float m1 = m0;
    float m2 = m0;
    float m3 = m0;
    int i = ao;
    for (; i <= ao + n - 4; i += 4) {
      m0 = Math.min(m0, a[i]);
      m1 = Math.min(m1, a[i + 1]);
      m2 = Math.min(m2, a[i + 2]);
      m3 = Math.min(m3, a[i + 3]);
    }
    for (; i < ao + n; i++) {
      m0 = Math.min(m0, a[i]);
    }
    return Math.min(Math.min(m0, m1), Math.min(m2, m3));
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
    System.arraycopy(a, ao, out, oo, n);
    for (int r = 1; r < rows; r++) {
      join(fold, a, ao + r * stride, out, oo, n);
    }
  }

  static int join(Fold fold, float[] a, int ao, float[] out, int oo, int n) {
    return switch (fold) {
      case SUM -> joinSum(a, ao, out, oo, n);
      case MAX -> joinMax(a, ao, out, oo, n);
      case MIN -> joinMin(a, ao, out, oo, n);
    };
  }

  private static int joinSum(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] += a[ao + i];
    }
    return n;
  }

  private static int joinMax(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.max(out[oo + i], a[ao + i]);
    }
    return n;
  }

  private static int joinMin(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = Math.min(out[oo + i], a[ao + i]);
    }
    return n;
  }

  static void dotRows(
      float[] a, int ao, int as, float[] b, int bo, int bs, int rows, float[] out, int oo, int n) {
    if (rows == 0) {
      Arrays.fill(out, oo, oo + n, 0f);
      return;
    }
    PlainBinary.run(Binary.MULTIPLY, a, ao, b, bo, out, oo, n);
    for (int r = 1; r < rows; r++) {
      joinProduct(a, ao + r * as, b, bo + r * bs, out, oo, n);
    }
  }

  private static void joinProduct(
      float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] += a[ao + i] * b[bo + i];
    }
  }
}
