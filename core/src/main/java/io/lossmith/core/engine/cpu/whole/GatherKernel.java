package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Slices;

/** Takes elements at positions along an axis. */
final class GatherKernel extends BoundKernel {
  /** Elements that are worth a task. */
  private static final int STRETCH = 1 << 14;

  private final Slices from;
  private final Slices to;
  private final int blocks;
  private final int blocksPerTask;
  private final int parts;
  private final int perPart;
  private final ParallelFor.Task task = this::compute;

  /**
   * Creates the kernel.
   *
   * @param from the lines of the values
   * @param to the lines of the positions and of the result
   */
  GatherKernel(Slices from, Slices to) {
    this.from = from;
    this.to = to;
    // A block is all lines that run beside each other: long ones are cut, short ones joined.
    int size = to.length() * to.inner();
    this.blocks = to.count() / to.inner();
    this.blocksPerTask = Math.max(1, STRETCH / size);
    this.parts = (size + STRETCH - 1) / STRETCH;
    this.perPart = (to.length() + parts - 1) / parts;
  }

  @Override
  void run(ParallelFor team) {
    team.run((blocks + blocksPerTask - 1) / blocksPerTask * parts, task);
  }

  private void compute(int index, int worker) {
    int begin = index % parts * perPart;
    int end = Math.min(to.length(), begin + perPart);
    int last = Math.min(blocks, (index / parts + 1) * blocksPerTask);
    for (int block = index / parts * blocksPerTask; block < last; block++) {
      take(block * from.length() * from.inner(), block * to.length() * to.inner(), begin, end);
    }
  }

  private void take(int values, int positions, int begin, int end) {
    if (to.inner() == 1) {
      takeLine(values, positions + begin, positions + end);
      return;
    }
    for (int k = begin; k < end; k++) {
      int row = positions + k * to.inner();
      for (int i = 0; i < to.inner(); i++) {
        int position = Positions.of(second[row + i], from.length());
        result[row + i] = position < 0 ? Float.NaN : first[values + position * from.inner() + i];
      }
    }
  }

  private void takeLine(int values, int begin, int end) {
    int length = from.length();
    for (int at = begin; at < end; at++) {
      int position = Positions.of(second[at], length);
      result[at] = position < 0 ? Float.NaN : first[values + position];
    }
  }
}
