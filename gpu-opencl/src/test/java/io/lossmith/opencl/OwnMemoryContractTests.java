package io.lossmith.opencl;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.device.Devices;
import org.junit.jupiter.api.Tag;

/** The contract on a device that has copies of our arrays, as every graphics processor has. */
@NeedsDevice
@Tag("large")
class OwnMemoryContractTests extends OpenClContract {
  static final Device DEVICE = Devices.find(false).all().stream().findFirst().orElse(null);

  @Override
  protected Engine engine() {
    return new OpenClEngine(DEVICE, 0);
  }
}
