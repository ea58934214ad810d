package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Resize;
import java.util.Arrays;

/**
 * Linear resizing and its transpose, plane by plane: rows of the smaller array that lie around a
 * row of the larger one are mixed into one, whose columns are then mixed.
 */
final class LinearResizeKernel extends BoundKernel {
  private final boolean transposed;
  private final int[] small;
  private final int[] large;
  private final int[][] sources = new int[3][];
  private final float[][] fractions = new float[3][];
  private final int planes;
  private final PerWorker<float[]> rows;
  private final ParallelFor.Task task = this::compute;

  /**
   * Creates the kernel.
   *
   * @param from the shape of what is resized
   * @param to its shape resized
   * @param transposed whether the operand has shape {@code to} and the result {@code from}
   */
  LinearResizeKernel(Resize.Mode mode, Shape from, Shape to, boolean transposed) {
    this.transposed = transposed;
    this.small = Stencil.spatial(from);
    this.large = Stencil.spatial(to);
    this.planes = from.get(0) * from.get(1);
    for (int axis = 0; axis < 3; axis++) {
      sources[axis] = new int[large[axis]];
      fractions[axis] = new float[large[axis]];
      for (int i = 0; i < large[axis]; i++) {
        sources[axis][i] = mode.source(i, small[axis], large[axis]);
        fractions[axis][i] = (float) mode.fraction(i, small[axis], large[axis]);
      }
    }
    this.rows = new PerWorker<>(() -> new float[small[2]]);
  }

  @Override
  void run(ParallelFor team) {
    rows.prepare(team.size());
    team.run(planes, task);
  }

  private void compute(int plane, int worker) {
    float[] row = rows.get(worker);
    if (transposed) {
      int from = plane * small[0] * small[1] * small[2];
      Arrays.fill(result, from, from + small[0] * small[1] * small[2], 0);
    }
    for (int d = 0; d < large[0]; d++) {
      for (int h = 0; h < large[1]; h++) {
        int at = ((plane * large[0] + d) * large[1] + h) * large[2];
        if (transposed) {
          giveBackColumns(at, row);
          giveBackRows(plane, d, h, row);
        } else {
          mixRows(plane, d, h, row);
          mixColumns(row, at);
        }
      }
    }
  }

  private void mixRows(int plane, int d, int h, float[] row) {
    Arrays.fill(row, 0);
    for (int next = 0; next < 4; next++) {
      float part = part(d, h, next);
      if (part > 0) {
        add(row, 0, part, first, smallRow(plane, d, h, next), small[2]);
      }
    }
  }

  private void giveBackRows(int plane, int d, int h, float[] row) {
    for (int next = 0; next < 4; next++) {
      float part = part(d, h, next);
      if (part > 0) {
        add(result, smallRow(plane, d, h, next), part, row, 0, small[2]);
      }
    }
  }

  /** Returns the part of one of the four rows around a row: this or the next, of each slice. */
  private float part(int d, int h, int next) {
    float slice = fractions[0][d];
    float row = fractions[1][h];
    return (next / 2 == 0 ? 1 - slice : slice) * (next % 2 == 0 ? 1 - row : row);
  }

  private int smallRow(int plane, int d, int h, int next) {
    int slice = plane * small[0] + sources[0][d] + next / 2;
    return (slice * small[1] + sources[1][h] + next % 2) * small[2];
  }

  private static void add(float[] to, int at, float part, float[] x, int from, int n) {
    for (int i = 0; i < n; i++) {
      to[at + i] += part * x[from + i];
    }
  }

  private void mixColumns(float[] row, int to) {
    int[] columns = sources[2];
    float[] parts = fractions[2];
    for (int w = 0; w < columns.length; w++) {
      float value = row[columns[w]];
      float part = parts[w];
      result[to + w] = part == 0 ? value : (1 - part) * value + part * row[columns[w] + 1];
    }
  }

  private void giveBackColumns(int from, float[] row) {
    Arrays.fill(row, 0);
    int[] columns = sources[2];
    float[] parts = fractions[2];
    for (int w = 0; w < columns.length; w++) {
      float value = first[from + w];
      float part = parts[w];
      row[columns[w]] += part == 0 ? value : (1 - part) * value;
      if (part > 0) {
        row[columns[w] + 1] += part * value;
      }
    }
  }
}
