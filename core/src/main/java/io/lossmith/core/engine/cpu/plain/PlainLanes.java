package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import java.util.Arrays;

/**
 * Sums of products over positions for few taps and many positions in plain Java: every so many
 * positions share a lane, and a loop runs over the lanes. {@link PlainProducts}' loops over the
 * taps would be too short to gain from vectors.
 */
final class PlainLanes {
  private static final int LANES = 512;

  /** How many products are added to a lane at a time: as many as the compiler still vectorises. */
  private static final int DEPTH = 3;

  private final float[][] columns = PlainSums.arrays(DEPTH, LANES);
  private float[][] gradients = new float[0][];
  private float[][] lanes = new float[0][];

  /** Returns whether there are few enough taps for {@code n} positions; measured. */
  static boolean areFaster(int taps, int n) {
    return taps <= 96 && n >= 40 * taps;
  }

  /** See {@link WindowLoops#multiply}; {@code taps} are those of all channels. */
  void multiply(
      int rows,
      float[] x,
      int[] offsets,
      int taps,
      float[] g,
      int stride,
      int n,
      float[] to,
      int at) {
    int columnCount = (n + DEPTH * LANES - 1) / (DEPTH * LANES) * DEPTH;
    load(rows, columnCount, g, stride, n);
    for (int t = 0; t < taps; t++) {
      for (int j = 0; j < rows; j++) {
        Arrays.fill(lanes[j], 0);
      }
      for (int s = 0; s < columnCount; s += DEPTH) {
        for (int d = 0; d < DEPTH; d++) {
          copy(x, offsets[t], (s + d) * LANES, n, columns[d]);
        }
        for (int j = 0; j < rows; j++) {
          add(lanes[j], columns, gradients, j * columnCount + s);
        }
      }
      for (int j = 0; j < rows; j++) {
        to[at + t * rows + j] += PlainFolds.sum(lanes[j], 0, LANES);
      }
    }
  }

  private void load(int rows, int columnCount, float[] g, int stride, int n) {
    if (gradients.length < rows * columnCount) {
      gradients = PlainSums.arrays(rows * columnCount, LANES);
    }
    if (lanes.length < rows) {
      lanes = PlainSums.arrays(rows, LANES);
    }
    for (int j = 0; j < rows; j++) {
      for (int s = 0; s < columnCount; s++) {
        copy(g, j * stride, s * LANES, n, gradients[j * columnCount + s]);
      }
    }
  }

  /** Copies positions from {@code start} on, with zeros from position {@code n} on. */
  private static void copy(float[] from, int offset, int start, int n, float[] to) {
    int length = Math.max(0, Math.min(LANES, n - start));
    if (length > 0) {
      System.arraycopy(from, offset + start, to, 0, length);
    }
    Arrays.fill(to, length, LANES, 0);
  }

  private static void add(float[] sum, float[][] columns, float[][] gradients, int from) {
    float[] a = columns[0];
    float[] b = columns[1];
    float[] c = columns[2];
    float[] p = gradients[from];
    float[] q = gradients[from + 1];
    float[] r = gradients[from + 2];
    if (FusedMultiplyAdd.IS_FAST) {
      for (int i = 0; i < LANES; i++) {
        sum[i] = Math.fma(a[i], p[i], Math.fma(b[i], q[i], Math.fma(c[i], r[i], sum[i])));
      }
    } else {
      for (int i = 0; i < LANES; i++) {
        sum[i] += a[i] * p[i] + b[i] * q[i] + c[i] * r[i];
      }
    }
  }
}
