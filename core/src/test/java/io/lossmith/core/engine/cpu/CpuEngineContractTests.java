package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineContract;

/** The CPU engine as it is chosen for this machine; the build runs it once for each lane width. */
class CpuEngineContractTests extends EngineContract {
  @Override
  protected Engine engine() {
    return new CpuEngine();
  }
}
