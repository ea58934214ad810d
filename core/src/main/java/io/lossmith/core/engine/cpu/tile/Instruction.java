package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;

/** One short loop over the current tile. Stateless: all that changes is in the worker. */
interface Instruction {
  void run(Kernels kernels, TileWorker worker);
}
