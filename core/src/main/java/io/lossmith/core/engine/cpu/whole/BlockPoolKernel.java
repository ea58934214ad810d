package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Window;
import java.util.Arrays;

/**
 * Average pooling, and its transpose, under small windows that neither overlap nor leave gaps: rows
 * are added up, then neighbours.
 */
final class BlockPoolKernel extends BoundKernel {
  /** Sums over more rows than this would gather errors. */
  private static final int LARGEST = 8;

  /** Elements that are worth a task. */
  private static final int STRETCH = 1 << 14;

  private final int[] size;

  /** Slices, rows and columns of the larger side. */
  private final int[] fine;

  /** Slices, rows and columns of the smaller side. */
  private final int[] coarse;

  private final int rows;
  private final int perTask;
  private final float scale;
  private final boolean isWhole;
  private final PerWorker<float[]> sums;
  private final boolean transposed;
  private final PairLoops pairs;
  private final ParallelFor.Task task = this::compute;

  BlockPoolKernel(Window window, Shape larger, boolean transposed, PairLoops pairs) {
    this.size = Stencil.three(window.size(), 1);
    this.fine = Stencil.three(Arrays.stream(larger.toArray()).skip(2).boxed().toList(), 1);
    this.coarse = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      coarse[axis] = fine[axis] / size[axis];
    }
    this.rows = larger.get(0) * larger.get(1) * coarse[0] * coarse[1];
    this.perTask = Math.max(1, STRETCH / (size[0] * size[1] * fine[2]));
    this.scale = 1f / (size[0] * size[1] * size[2]);
    this.isWhole = coarse[0] * size[0] == fine[0] && coarse[1] * size[1] == fine[1];
    this.sums = new PerWorker<>(() -> new float[coarse[2] * size[2]]);
    this.transposed = transposed;
    this.pairs = pairs;
  }

  /** Tells whether a window is of the kind that this is for. */
  static boolean fits(Window window) {
    return window.stride().equals(window.size())
        && window.padding().stream().allMatch(p -> p == 0)
        && window.dilation().stream().allMatch(d -> d == 1)
        && window.size().stream().allMatch(s -> s <= LARGEST);
  }

  @Override
  void run(ParallelFor team) {
    sums.prepare(team.size());
    if (transposed && !isWhole) {
      Arrays.fill(result, 0); // rows that no window reaches
    }
    team.run((rows + perTask - 1) / perTask, task);
  }

  private void compute(int index, int worker) {
    int end = Math.min(rows, (index + 1) * perTask);
    for (int row = index * perTask; row < end; row++) {
      if (transposed) {
        spread(row);
      } else {
        gather(row, sums.get(worker));
      }
    }
  }

  private void gather(int row, float[] sum) {
    int width = sum.length;
    float[] x = first;
    for (int i = 0; i < size[0] * size[1]; i++) {
      int from = fineRow(row, i / size[1], i % size[1]);
      if (i == 0) {
        System.arraycopy(x, from, sum, 0, width);
      } else {
        for (int w = 0; w < width; w++) {
          sum[w] += x[from + w];
        }
      }
    }
    int k = size[2];
    int to = row * coarse[2];
    if (k == 2) {
      pairs.join(sum, 0, scale, result, to, coarse[2]);
      return;
    }
    for (int w = 0; w < coarse[2]; w++) {
      float all = sum[w * k];
      for (int i = 1; i < k; i++) {
        all += sum[w * k + i];
      }
      result[to + w] = all * scale;
    }
  }

  private void spread(int row) {
    int k = size[2];
    int width = coarse[2] * k;
    int from = row * coarse[2];
    int start = fineRow(row, 0, 0);
    if (k == 2) {
      pairs.repeat(first, from, scale, result, start, coarse[2]);
    } else {
      for (int w = 0; w < coarse[2]; w++) {
        Arrays.fill(result, start + w * k, start + (w + 1) * k, first[from + w] * scale);
      }
    }
    Arrays.fill(result, start + width, start + fine[2], 0);
    for (int i = 1; i < size[0] * size[1]; i++) {
      int to = fineRow(row, i / size[1], i % size[1]);
      System.arraycopy(result, start, result, to, fine[2]);
    }
  }

  /** Returns where a row of the larger side begins that a row of the smaller one covers. */
  private int fineRow(int row, int slice, int line) {
    int h = row % coarse[1];
    int d = row / coarse[1] % coarse[0];
    int plane = row / coarse[1] / coarse[0];
    return ((plane * fine[0] + d * size[0] + slice) * fine[1] + h * size[1] + line) * fine[2];
  }
}
