package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.StretchedLoops;
import java.util.Arrays;

/** The loops in plain Java; stretches are first copied to where {@link PlainSums} wants them. */
public final class PlainWindowLoops extends StretchedLoops {
  private static final int STRETCH = 512;

  private final float[][] columns = PlainSums.arrays(PlainSums.COLUMNS, STRETCH);
  private final float[][] results = PlainSums.arrays(ROWS, STRETCH);
  private final PlainProducts products = new PlainProducts();
  private final PlainLanes lanes = new PlainLanes();

  @Override
  protected void correlate(
      int rows,
      int[] offsets,
      float[] x,
      int from,
      float[] w,
      int at,
      float[] out,
      int stride,
      int n) {
    int taps = offsets.length;
    for (int start = 0; start < n; start += STRETCH) {
      int length = Math.min(STRETCH, n - start);
      for (int j = 0; j < rows; j++) {
        Arrays.fill(results[j], 0, length, 0);
      }
      int t = 0;
      for (; t + PlainSums.COLUMNS <= taps; t += PlainSums.COLUMNS) {
        for (int k = 0; k < PlainSums.COLUMNS; k++) {
          System.arraycopy(x, from + start + offsets[t + k], columns[k], 0, length);
        }
        PlainSums.add(results, rows, columns, w, at + t * ROWS, ROWS, 1, length);
      }
      for (; t < taps; t++) {
        System.arraycopy(x, from + start + offsets[t], columns[0], 0, length);
        for (int j = 0; j < rows; j++) {
          PlainSums.addOne(results[j], columns[0], w[at + t * ROWS + j], length);
        }
      }
      for (int j = 0; j < rows; j++) {
        System.arraycopy(results[j], 0, out, j * stride + start, length);
      }
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
      int channels,
      int taps,
      float[] g,
      int stride,
      int n,
      float[] sums,
      int at) {
    if (PlainLanes.areFaster(channels * taps, n)) {
      lanes.multiply(rows, x, offsets, channels * taps, g, stride, n, sums, at);
    } else {
      products.multiply(rows, x, offsets, channels, taps, g, stride, n, sums, at);
    }
  }

  @Override
  public void sum(float[] sums, int at, int step, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = sums[at + i * step];
    }
  }

  @Override
  public void add(float[] a, int at, float[] b, int from, int n) {
    for (int i = 0; i < n; i++) {
      a[at + i] += b[from + i];
    }
  }
}
