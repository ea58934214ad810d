package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.AllReduce;

/** Waits for the other workers: one thread speaks for this one. */
final class AllReduceKernel extends BoundKernel {
  private final AllReduce op;
  private final int count;

  AllReduceKernel(AllReduce op, int count) {
    this.op = op;
    this.count = count;
  }

  @Override
  void run(ParallelFor team) {
    System.arraycopy(first, 0, result, 0, count);
    op.exchange().allReduce(result, count, op.fold());
  }
}
