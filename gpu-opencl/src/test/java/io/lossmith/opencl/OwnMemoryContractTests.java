package io.lossmith.opencl;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineContract;
import io.lossmith.core.engine.NeedsDevice;

/** The contract on a device that has copies of our arrays, as every graphics processor has. */
@NeedsDevice
class OwnMemoryContractTests extends EngineContract {
  static final Device DEVICE = Devices.find(false).all().stream().findFirst().orElse(null);

  @Override
  protected Engine engine() {
    return new OpenClEngine(DEVICE, 0);
  }

  @Override
  protected int together() {
    return 25;
  }
}
