package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.op.Fold;
import java.util.Arrays;

/**
 * Folds of a stretch. A block is folded to a part with vector instructions, which running sums keep
 * the compiler from. What is left is summed in eight separate accumulators: one would wait for
 * itself at every step, and round more.
 */
final class PlainFolds {
  /** What a block is folded to before its numbers are taken one by one: a quarter. */
  private static final int QUARTER = BLOCK / 4;

  /** For sums a quarter of that: doubles take longer. */
  private static final int REST = QUARTER / 4;

  private PlainFolds() {}

  static float fold(Fold fold, float[] a, int ao, int n) {
    if (fold == Fold.SUM && n <= QUARTER) {
      return sum(a, ao, n);
    }
    float[] x = Scratch.mine().x;
    float folded = (float) fold.start();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] y = m < BLOCK ? x : Scratch.atStart(a, ao + from, x, m);
      if (m < BLOCK) { // it is filled up
        System.arraycopy(a, ao + from, x, 0, m);
      }
      float block =
          switch (fold) {
            case SUM -> sum(y, x, m);
            case MAX -> max(y, x, m);
            case MIN -> min(y, x, m);
          };
      folded = (float) fold.apply(folded, block);
    }
    return folded;
  }

  /** Σ a · b. */
  static float dot(float[] a, int ao, float[] b, int bo, int n) {
    Scratch s = Scratch.mine();
    float sum = 0;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] y = Scratch.atStart(b, bo + from, s.y, m);
      multiply(x, y, s.x, m);
      sum += sum(s.x, m);
    }
    return sum;
  }

  /** to = x · y. */
  static void multiply(float[] x, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = x[i] * y[i];
    }
  }

  /** Σ |a − b|. */
  static float distance(float[] a, int ao, float[] b, int bo, int n) {
    Scratch s = Scratch.mine();
    float sum = 0;
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] y = Scratch.atStart(b, bo + from, s.y, m);
      distance(x, y, s.x, m);
      sum += sum(s.x, m);
    }
    return sum;
  }

  /** to = |x − y|. */
  static void distance(float[] x, float[] y, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = Math.abs(x[i] - y[i]);
    }
  }

  /** The sum of a block, which is overwritten. */
  static float sum(float[] x, int n) {
    return sum(x, x, n);
  }

  /** The sum of a block; one that is not whole is filled up, and x is overwritten. */
  private static float sum(float[] a, float[] x, int n) {
    if (n <= QUARTER) {
      return sum(a, 0, n);
    }
    Arrays.fill(a, n, BLOCK, 0f);
    for (int i = 0; i < QUARTER; i++) {
      x[i] = (a[i] + a[i + QUARTER]) + (a[i + 2 * QUARTER] + a[i + 3 * QUARTER]);
    }
    for (int i = 0; i < REST; i++) {
      x[i] = (x[i] + x[i + REST]) + (x[i + 2 * REST] + x[i + 3 * REST]);
    }
    return sum(x, 0, REST);
  }

  private static float max(float[] a, float[] x, int n) {
    Arrays.fill(a, n, BLOCK, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < QUARTER; i++) {
      float near = Math.max(a[i], a[i + QUARTER]);
      x[i] = Math.max(near, Math.max(a[i + 2 * QUARTER], a[i + 3 * QUARTER]));
    }
    float max = x[0];
    for (int i = 1; i < Math.min(n, QUARTER); i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  private static float min(float[] a, float[] x, int n) {
    Arrays.fill(a, n, BLOCK, Float.POSITIVE_INFINITY);
    for (int i = 0; i < QUARTER; i++) {
      float near = Math.min(a[i], a[i + QUARTER]);
      x[i] = Math.min(near, Math.min(a[i + 2 * QUARTER], a[i + 3 * QUARTER]));
    }
    float min = x[0];
    for (int i = 1; i < Math.min(n, QUARTER); i++) {
      min = Math.min(min, x[i]);
    }
    return min;
  }

  /** Eight sums at a time do not wait for each other; in double, a few more digits cost little. */
  static float sum(float[] a, int ao, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
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
    double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    for (; i < ao + n; i++) {
      sum += a[i];
    }
    return (float) sum;
  }
}
