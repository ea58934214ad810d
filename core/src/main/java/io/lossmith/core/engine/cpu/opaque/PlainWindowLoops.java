package io.lossmith.core.engine.cpu.opaque;

import java.util.Arrays;

/**
 * The loops in plain Java, written for the compiler's own vectors: it makes them only where all
 * arrays of a loop are read at the same index, so stretches are first copied to arrays of their
 * own, and only up to five arrays at a time.
 */
public final class PlainWindowLoops implements WindowLoops {
  private static final int STRETCH = 512;

  private final float[][] columns = new float[4][STRETCH];
  private final float[][] results = new float[ROWS][STRETCH];
  private final float[] lanes = new float[STRETCH];
  private float[][] left = new float[0][];
  private float[][] right = new float[0][];

  @Override
  public void correlate(
      int rows,
      float[] x,
      int from,
      int[] offsets,
      int taps,
      float[] w,
      int at,
      float[] out,
      int stride,
      int n) {
    for (int start = 0; start < n; start += STRETCH) {
      int length = Math.min(STRETCH, n - start);
      for (int j = 0; j < rows; j++) {
        Arrays.fill(results[j], 0, length, 0);
      }
      int t = 0;
      for (; t + 4 <= taps; t += 4) {
        for (int k = 0; k < 4; k++) {
          System.arraycopy(x, from + start + offsets[t + k], columns[k], 0, length);
        }
        for (int j = 0; j < rows; j++) {
          int v = at + t * ROWS + j;
          addFour(results[j], w[v], w[v + ROWS], w[v + 2 * ROWS], w[v + 3 * ROWS], length);
        }
      }
      for (; t < taps; t++) {
        System.arraycopy(x, from + start + offsets[t], columns[0], 0, length);
        for (int j = 0; j < rows; j++) {
          addOne(results[j], columns[0], w[at + t * ROWS + j], length);
        }
      }
      for (int j = 0; j < rows; j++) {
        System.arraycopy(results[j], 0, out, j * stride + start, length);
      }
    }
  }

  private void addFour(float[] sum, float p, float q, float r, float s, int n) {
    addFour(sum, columns[0], columns[1], columns[2], columns[3], p, q, r, s, n);
  }

  private static void addFour(
      float[] sum,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float p,
      float q,
      float r,
      float s,
      int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += (p * a[i] + q * b[i]) + (r * c[i] + s * d[i]);
    }
  }

  private static void addOne(float[] sum, float[] a, float p, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += p * a[i];
    }
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void multiply(
      int rows,
      float[] x,
      int[] offsets,
      int taps,
      float[] g,
      int stride,
      int n,
      float[] sums,
      int at) {
    int even = 2 * ((n - 1) / (2 * STRETCH) + 1);
    int length = (n - 1) / even + 1;
    left = grown(left, even);
    right = grown(right, rows * even);
    for (int j = 0; j < rows; j++) {
      cut(g, j * stride, n, right, j * even, even, length);
    }
    for (int t = 0; t < taps; t++) {
      cut(x, offsets[t], n, left, 0, even, length);
      for (int j = 0; j < rows; j++) {
        Arrays.fill(lanes, 0, length, 0);
        for (int s = 0; s < even; s += 2) {
          int r = j * even + s;
          addProducts(lanes, left[s], left[s + 1], right[r], right[r + 1], length);
        }
        sums[at + t * rows + j] += total(lanes, length);
      }
    }
  }

  private static float[][] grown(float[][] stretches, int count) {
    if (stretches.length >= count) {
      return stretches;
    }
    float[][] grown = Arrays.copyOf(stretches, count);
    for (int i = stretches.length; i < count; i++) {
      grown[i] = new float[STRETCH];
    }
    return grown;
  }

  /** Copies n elements into stretches of one length, with zeros behind them. */
  private static void cut(
      float[] from, int at, int n, float[][] to, int first, int count, int length) {
    for (int s = 0; s < count; s++) {
      int there = Math.max(0, Math.min(length, n - s * length));
      System.arraycopy(from, at + Math.min(s * length, n), to[first + s], 0, there);
      Arrays.fill(to[first + s], there, length, 0);
    }
  }

  private static void addProducts(float[] sum, float[] a, float[] b, float[] p, float[] q, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += a[i] * p[i] + b[i] * q[i];
    }
  }

  /** Adds up with eight sums, which do not wait for each other. */
  private static float total(float[] a, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      s0 += a[i];
      s1 += a[i + 1];
      s2 += a[i + 2];
      s3 += a[i + 3];
      s4 += a[i + 4];
      s5 += a[i + 5];
      s6 += a[i + 6];
      s7 += a[i + 7];
    }
    for (; i < n; i++) {
      s0 += a[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  @Override
  public float sum(float[] sums, int at) {
    return sums[at];
  }

  @Override
  public void add(float[] a, int at, float[] b, int from, int n) {
    for (int i = 0; i < n; i++) {
      a[at + i] += b[from + i];
    }
  }
}
