package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import java.util.Arrays;

/**
 * Sums of products over positions in plain Java. What all taps read at one position is copied into
 * a column, and columns times numbers are added to the sums: so a loop runs over the taps, and
 * nothing is ever summed across the elements of an array, which the compiler does one by one.
 */
final class PlainProducts {
  private static final int BLOCK = 256;

  private final float[][] columns = new float[PlainSums.COLUMNS][];
  private float[] last = new float[0];
  private float[][] sums = new float[0][];
  private int[] runs = new int[0];
  private int[] lengths = new int[0];

  /** See {@link WindowLoops#multiply}. */
  void multiply(
      int rows,
      float[] x,
      int[] offsets,
      int channels,
      int taps,
      float[] g,
      int stride,
      int n,
      float[] to,
      int at) {
    int length = channels * taps;
    prepare(rows, length);
    int reach = n + PlainSums.COLUMNS + greatest(offsets, taps);
    channelsLast(x, channels, channels == 1 ? 0 : offsets[taps] - offsets[0], reach);
    int count = runs(offsets, channels, taps);
    for (int i = 0; i < n; i += PlainSums.COLUMNS) {
      for (int k = 0; k < PlainSums.COLUMNS; k++) {
        float[] column = columns[k];
        for (int r = 0, c = 0; r < count; c += lengths[r++]) {
          System.arraycopy(last, (i + k) * channels + runs[r], column, c, lengths[r]);
        }
      }
      PlainSums.add(sums, rows, columns, g, i, 1, stride, length);
    }
    for (int c = 0; c < channels; c++) {
      for (int k = 0; k < taps; k++) {
        for (int j = 0; j < rows; j++) {
          to[at + (c * taps + k) * rows + j] += sums[j][k * channels + c];
        }
      }
    }
  }

  private void prepare(int rows, int length) {
    if (sums.length < rows || sums[0].length < length) {
      sums = PlainSums.arrays(rows, length);
      float[][] made = PlainSums.arrays(columns.length, length);
      System.arraycopy(made, 0, columns, 0, columns.length);
    }
    for (int j = 0; j < rows; j++) {
      Arrays.fill(sums[j], 0, length, 0);
    }
  }

  private static int greatest(int[] offsets, int taps) {
    int greatest = 0;
    for (int k = 0; k < taps; k++) {
      greatest = Math.max(greatest, offsets[k]);
    }
    return greatest;
  }

  /** Lays the channels of each position beside each other. */
  private void channelsLast(float[] x, int channels, int distance, int positions) {
    if (last.length < positions * channels) {
      last = new float[positions * channels];
    }
    for (int start = 0; start < positions; start += BLOCK) {
      int end = Math.min(positions, start + BLOCK);
      for (int c = 0; c < channels; c++) {
        int from = c * distance;
        for (int i = start, o = start * channels + c; i < end; i++, o += channels) {
          last[o] = x[from + i];
        }
      }
    }
  }

  /** Finds which taps lie beside each other: their channels are copied as one. */
  private int runs(int[] offsets, int channels, int taps) {
    if (runs.length < taps) {
      runs = new int[taps];
      lengths = new int[taps];
    }
    int count = 0;
    for (int k = 0; k < taps; k++) {
      if (k > 0 && offsets[k] == offsets[k - 1] + 1) {
        lengths[count - 1] += channels;
      } else {
        runs[count] = offsets[k] * channels;
        lengths[count++] = channels;
      }
    }
    return count;
  }
}
