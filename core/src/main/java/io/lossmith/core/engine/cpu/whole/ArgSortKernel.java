package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.op.Slices;

/** Sorts line by line. */
final class ArgSortKernel extends LineKernel {
  private final boolean descending;

  ArgSortKernel(Slices lines, boolean descending) {
    super(lines);
    this.descending = descending;
  }

  @Override
  LineWork work() {
    return new RadixSort(this, lines, descending);
  }
}
