package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import io.lossmith.core.engine.cpu.kernel.WindowRows;
import java.util.function.Supplier;

/**
 * The matrix product as a correlation: the rows of the right matrix are the taps, those of the left
 * one the weights.
 */
final class MatrixMultiplyKernel extends BoundKernel {
  private final int matrices;
  private final int inner;
  private final int columns;
  private final ChannelBlocks blocks;
  private final WindowRows rows;
  private final float[] right;
  private final PerWorker<Scratch> scratch;
  private final ParallelFor.Task task = this::compute;

  MatrixMultiplyKernel(Shape a, Shape b, Supplier<WindowLoops> loops) {
    int last = a.rank() - 1;
    this.inner = a.get(last);
    this.columns = b.get(last);
    this.blocks = new ChannelBlocks(a.get(last - 1));
    int count = 1;
    for (int axis = 0; axis < last - 1; axis++) {
      count *= a.get(axis);
    }
    this.matrices = count;
    int[] offsets = new int[inner];
    for (int k = 0; k < inner; k++) {
      offsets[k] = k * columns;
    }
    this.rows = new WindowRows(offsets, columns, columns, columns);
    this.right = new float[b.count() + WindowLoops.SLACK];
    this.scratch = new PerWorker<>(() -> new Scratch(loops.get()));
  }

  private final class Scratch {
    final WindowLoops loops;
    final float[] packed = new float[WindowLoops.ROWS * inner];

    Scratch(WindowLoops loops) {
      this.loops = loops;
    }
  }

  @Override
  void run(ParallelFor team) {
    System.arraycopy(second, 0, right, 0, right.length - WindowLoops.SLACK);
    scratch.prepare(team.size());
    team.run(matrices * blocks.count(), task);
  }

  private void compute(int index, int worker) {
    Scratch own = scratch.get(worker);
    int matrix = index / blocks.count();
    int block = index % blocks.count();
    int row = matrix * blocks.channels() + blocks.first(block);
    int used = blocks.used(block);
    for (int j = 0; j < used; j++) {
      for (int k = 0; k < inner; k++) {
        own.packed[k * WindowLoops.ROWS + j] = first[(row + j) * inner + k];
      }
    }
    own.loops.correlate(
        used, rows, right, matrix * inner * columns, own.packed, 0, result, row * columns, 1);
  }
}
