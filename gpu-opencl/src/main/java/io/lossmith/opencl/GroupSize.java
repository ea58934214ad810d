package io.lossmith.opencl;

import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.kernel.FusedKernel;
import io.lossmith.opencl.nest.Nest;

/**
 * How many items a device takes as a work-group. The items of one of our groups ({@link
 * Nest#LANES}) need nothing from each other, so it may be any part of them: results are the same to
 * the bit, and large ones are faster.
 */
final class GroupSize {
  private GroupSize() {}

  /** Returns the largest part that the device and the driver take for a kernel that is built. */
  static int of(Device device, FusedKernel kernel) {
    int most = Math.min(Nest.LANES, device.largestGroup());
    int driver = device.runner().largestGroup(kernel, device);
    return Integer.highestOneBit(driver > 0 ? Math.min(most, driver) : most);
  }

  /** Returns what to try after a size was refused, or 0 after the last. */
  static int below(int refused) {
    return refused > 16 ? refused / 4 : refused == 1 ? 0 : 1;
  }
}
