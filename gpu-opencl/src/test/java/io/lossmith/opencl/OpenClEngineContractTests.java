package io.lossmith.opencl;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.NeedsDevice;

/** What every engine must do, on the default device. */
@NeedsDevice
class OpenClEngineContractTests extends OpenClContract {
  @Override
  protected Engine engine() {
    return new OpenClEngine();
  }
}
