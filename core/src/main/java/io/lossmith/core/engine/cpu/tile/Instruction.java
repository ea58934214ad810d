package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;

/** One short loop over the current tile. Stateless: all that changes is in the worker. */
public interface Instruction {
  /** Runs over the worker's tile. */
  void run(Kernels kernels, TileWorker worker);
}
