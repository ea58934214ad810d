package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.CacheLines;

/**
 * Sums of arrays times numbers in plain Java, written for the compiler's own vectors: it makes them
 * only where all arrays of a loop are read at the same index, and only of so many arrays at a time.
 */
final class PlainSums {
  /** How many arrays are added at a time. */
  static final int COLUMNS = 4;

  private PlainSums() {}

  /** Makes arrays for at least so many elements, to which loops are aligned alike. */
  static float[][] arrays(int count, int length) {
    return new float[count][CacheLines.length(length)];
  }

  /**
   * sums[j][i] += Σ over k of columns[k][i] · w[at + k · tap + j · row], for four columns, j &lt;
   * rows and i &lt; n.
   */
  static void add(
      float[][] sums, int rows, float[][] columns, float[] w, int at, int tap, int row, int n) {
    int j = 0;
    for (; FusedMultiplyAdd.IS_FAST && j + 2 <= rows; j += 2) {
      addToTwo(sums[j], sums[j + 1], columns, w, at + j * row, tap, row, n);
    }
    for (; j < rows; j++) {
      addToOne(sums[j], columns, w, at + j * row, tap, n);
    }
  }

  private static void addToOne(float[] sum, float[][] columns, float[] w, int at, int tap, int n) {
    float[] a = columns[0];
    float[] b = columns[1];
    float[] c = columns[2];
    float[] d = columns[3];
    float p = w[at];
    float q = w[at + tap];
    float r = w[at + 2 * tap];
    float s = w[at + 3 * tap];
    for (int i = 0; i < n; i++) {
      sum[i] += (p * a[i] + q * b[i]) + (r * c[i] + s * d[i]);
    }
  }

  /** Reads what is added once for two sums; without one instruction for both it gains nothing. */
  private static void addToTwo(
      float[] sum, float[] other, float[][] columns, float[] w, int at, int tap, int row, int n) {
    float[] a = columns[0];
    float[] b = columns[1];
    float[] c = columns[2];
    float[] d = columns[3];
    float p = w[at];
    float q = w[at + tap];
    float r = w[at + 2 * tap];
    float s = w[at + 3 * tap];
    float t = w[at + row];
    float u = w[at + row + tap];
    float v = w[at + row + 2 * tap];
    float x = w[at + row + 3 * tap];
    for (int i = 0; i < n; i++) {
      sum[i] = Math.fma(p, a[i], Math.fma(q, b[i], Math.fma(r, c[i], Math.fma(s, d[i], sum[i]))));
      other[i] =
          Math.fma(t, a[i], Math.fma(u, b[i], Math.fma(v, c[i], Math.fma(x, d[i], other[i]))));
    }
  }

  /** sum[i] += p · a[i], for i &lt; n. */
  static void addOne(float[] sum, float[] a, float p, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += p * a[i];
    }
  }
}
