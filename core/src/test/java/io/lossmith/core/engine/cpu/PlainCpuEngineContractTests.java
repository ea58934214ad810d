package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineContract;
import io.lossmith.core.engine.cpu.plain.PlainKernels;

/** The CPU engine as it is without the vector module. */
class PlainCpuEngineContractTests extends EngineContract {
  @Override
  protected Engine engine() {
    return new CpuEngine(new PlainKernels(), WorkerThreads.ofMachine());
  }
}
