package io.lossmith.opencl;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineContract;
import io.lossmith.core.engine.NeedsDevice;

/** What every engine must do, on the default device. */
@NeedsDevice
class OpenClEngineContractTests extends EngineContract {
  @Override
  protected Engine engine() {
    return new OpenClEngine();
  }

  @Override
  protected int together() {
    return 25;
  }
}
