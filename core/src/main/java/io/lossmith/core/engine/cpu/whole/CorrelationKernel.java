package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import io.lossmith.core.engine.cpu.kernel.WindowRows;
import java.util.function.Supplier;

/**
 * A convolution, or its transpose in the input: eight output channels at a time over the flat
 * stretch of a {@link Stencil}.
 */
final class CorrelationKernel extends BoundKernel {
  private final Stencil stencil;
  private final int images;
  private final ChannelBlocks blocks;
  private final boolean transposed;
  private final int[] offsets;
  private final WindowRows rows;
  private final float[] packed;
  private final PerWorker<Scratch> scratch;
  private final ParallelFor.Task task = this::compute;

  /**
   * Creates the kernel.
   *
   * @param images how many images there are
   * @param outputs how many channels the result has
   * @param transposed whether the weights are {@code [channels of x, outputs, window]} and the
   *     window is to be reversed
   */
  CorrelationKernel(
      Stencil stencil, int images, int outputs, boolean transposed, Supplier<WindowLoops> loops) {
    this.stencil = stencil;
    this.images = images;
    this.blocks = new ChannelBlocks(outputs);
    this.transposed = transposed;
    this.offsets = stencil.offsets(0);
    this.rows =
        new WindowRows(
            offsets,
            stencil.rowLength,
            stencil.output[2],
            stencil.output[0] * stencil.output[1] * stencil.output[2]);
    this.packed = new float[blocks.count() * WindowLoops.ROWS * offsets.length];
    this.scratch = new PerWorker<>(() -> new Scratch(loops.get()));
  }

  private final class Scratch {
    final WindowLoops loops;
    final float[] input = stencil.buffer();

    Scratch(WindowLoops loops) {
      this.loops = loops;
    }
  }

  @Override
  void run(ParallelFor team) {
    pack(second);
    scratch.prepare(team.size());
    team.run(images * stencil.tasks, task);
  }

  /** Lays the weights out by block, tap and row. */
  private void pack(float[] w) {
    int taps = stencil.taps();
    int outputs = blocks.channels();
    for (int block = 0; block < blocks.count(); block++) {
      for (int j = 0; j < blocks.used(block); j++) {
        int o = blocks.first(block) + j;
        int at = block * WindowLoops.ROWS * offsets.length + j;
        for (int c = 0; c < stencil.channels; c++) {
          int from = (transposed ? c * outputs + o : o * stencil.channels + c) * taps;
          for (int k = 0; k < taps; k++) {
            packed[at + (c * taps + k) * WindowLoops.ROWS] =
                w[from + (transposed ? taps - 1 - k : k)];
          }
        }
      }
    }
  }

  private void compute(int index, int worker) {
    Scratch own = scratch.get(worker);
    int n = index / stencil.tasks;
    int part = index % stencil.tasks;
    stencil.load(first, n, part, own.input);
    int line =
        (n * blocks.channels() * stencil.output[0] + stencil.slice(part)) * stencil.output[1]
            + stencil.firstRow(part);
    for (int block = 0; block < blocks.count(); block++) {
      own.loops.correlate(
          blocks.used(block),
          rows,
          own.input,
          0,
          packed,
          block * WindowLoops.ROWS * offsets.length,
          result,
          line * stencil.output[2] + blocks.first(block) * rows.stride(),
          stencil.rows(part));
    }
  }
}
