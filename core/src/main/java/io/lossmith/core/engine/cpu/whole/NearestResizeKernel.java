package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Resize;
import java.util.Arrays;

/** Resizing by the nearest element, and its transpose, plane by plane. */
final class NearestResizeKernel extends BoundKernel {
  private final boolean transposed;
  private final int[] small;
  private final int[] large;
  private final int[][] sources = new int[3][];
  private final int planes;
  private final boolean doubled;
  private final PairLoops pairs;
  private final PerWorker<float[]> rows;
  private final ParallelFor.Task task = this::compute;

  /**
   * Creates the kernel.
   *
   * @param from the shape of what is resized
   * @param to its shape resized
   * @param transposed whether the operand has shape {@code to} and the result {@code from}
   */
  NearestResizeKernel(Resize.Mode mode, Shape from, Shape to, boolean transposed, PairLoops pairs) {
    this.transposed = transposed;
    this.pairs = pairs;
    this.small = Stencil.spatial(from);
    this.large = Stencil.spatial(to);
    this.planes = from.get(0) * from.get(1);
    for (int axis = 0; axis < 3; axis++) {
      sources[axis] = new int[large[axis]];
      for (int i = 0; i < large[axis]; i++) {
        sources[axis][i] = mode.source(i, small[axis], large[axis]);
      }
    }
    this.doubled = large[2] == 2 * small[2];
    this.rows = new PerWorker<>(() -> new float[large[2]]);
  }

  @Override
  void run(ParallelFor team) {
    rows.prepare(team.size());
    team.run(planes, task);
  }

  private void compute(int plane, int worker) {
    if (transposed) {
      addUp(plane, rows.get(worker));
    } else {
      spread(plane);
    }
  }

  private void spread(int plane) {
    for (int d = 0; d < large[0]; d++) {
      int slice = (plane * small[0] + sources[0][d]) * small[1];
      for (int h = 0; h < large[1]; h++) {
        int to = ((plane * large[0] + d) * large[1] + h) * large[2];
        if (h > 0 && sources[1][h] == sources[1][h - 1]) {
          System.arraycopy(result, to - large[2], result, to, large[2]);
        } else {
          spreadRow((slice + sources[1][h]) * small[2], to);
        }
      }
    }
  }

  private void spreadRow(int from, int to) {
    if (doubled) {
      pairs.repeat(first, from, 1, result, to, small[2]);
      return;
    }
    int[] columns = sources[2];
    for (int w = 0; w < columns.length; w++) {
      result[to + w] = first[from + columns[w]];
    }
  }

  /** Adds the rows that were copied from one row, then the columns. Sources never go back. */
  private void addUp(int plane, float[] row) {
    int depth = 0;
    for (int d = 0; d < small[0]; d++) {
      int nextDepth = end(sources[0], depth, d);
      int height = 0;
      for (int h = 0; h < small[1]; h++) {
        int nextHeight = end(sources[1], height, h);
        Arrays.fill(row, 0);
        for (int i = depth; i < nextDepth; i++) {
          for (int j = height; j < nextHeight; j++) {
            addRow(row, first, ((plane * large[0] + i) * large[1] + j) * large[2], large[2]);
          }
        }
        addColumns(row, ((plane * small[0] + d) * small[1] + h) * small[2]);
        height = nextHeight;
      }
      depth = nextDepth;
    }
  }

  /** Returns where the copies of {@code source} end that begin at {@code from}. */
  private static int end(int[] sources, int from, int source) {
    int end = from;
    while (end < sources.length && sources[end] == source) {
      end++;
    }
    return end;
  }

  private static void addRow(float[] row, float[] x, int from, int n) {
    for (int i = 0; i < n; i++) {
      row[i] += x[from + i];
    }
  }

  private void addColumns(float[] row, int to) {
    if (doubled) {
      pairs.join(row, 0, 1, result, to, small[2]);
      return;
    }
    Arrays.fill(result, to, to + small[2], 0);
    int[] columns = sources[2];
    for (int w = 0; w < columns.length; w++) {
      result[to + columns[w]] += row[w];
    }
  }
}
