package io.lossmith.opencl;

import io.lossmith.core.engine.EngineException;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Schedule;

/** Checks that a program fits on a device, before anything is tried. */
final class DeviceLimits {
  private DeviceLimits() {}

  /**
   * Checks that a device can hold the arrays of a program and count its items.
   *
   * @throws EngineException if it cannot
   */
  static void requireFits(Device device, Placement placement, Schedule schedule) {
    long sum = 0;
    for (Placement.Array array : placement.arrays()) {
      sum += array.bytes();
      require(device, "an array", array.bytes(), device.largestArray());
    }
    require(device, "all arrays together", sum, device.memory());
    for (Schedule.Launch launch : schedule.launches()) {
      if (launch.groups() > Integer.MAX_VALUE / Nest.LANES) {
        throw new EngineException(
            "opencl: a pass has "
                + launch.groups()
                + " work-groups, must be at most "
                + Integer.MAX_VALUE / Nest.LANES
                + "; split the batch, or use the engine cpu");
      }
    }
  }

  /** A device that does not say how much it can hold is tried. */
  private static void require(Device device, String what, long bytes, long most) {
    if (most > 0 && bytes > most) {
      throw new EngineException(
          "opencl: "
              + what
              + " of the program takes "
              + bytes
              + " bytes, must be at most "
              + most
              + " on "
              + device
              + "; split the batch, or use the engine cpu");
    }
  }
}
