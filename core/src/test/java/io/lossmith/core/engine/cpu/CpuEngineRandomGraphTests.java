package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.RandomGraphContract;

/** Random graphs on the CPU engine. */
class CpuEngineRandomGraphTests extends RandomGraphContract {
  @Override
  protected Engine engine() {
    return new CpuEngine();
  }
}
