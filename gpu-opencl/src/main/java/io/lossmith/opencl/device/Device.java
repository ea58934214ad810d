package io.lossmith.opencl.device;

import com.aparapi.device.OpenCLDevice;
import java.util.Locale;

/**
 * A device that OpenCL offers here.
 *
 * @param index its number, counted over all platforms
 * @param handle how Aparapi names it
 * @param runner what builds and runs kernels on it
 */
public record Device(int index, OpenCLDevice handle, Driver runner) {
  public Device(int index, OpenCLDevice handle) {
    this(index, handle, new AparapiDriver());
  }

  public String name() {
    return handle.getName().strip();
  }

  String vendor() {
    return String.valueOf(handle.getOpenCLPlatform().getVendor()).strip();
  }

  /** Returns the platform's name and version, which includes the driver's. */
  public String driver() {
    String version = String.valueOf(handle.getOpenCLPlatform().getVersion()).strip();
    return String.valueOf(handle.getOpenCLPlatform().getName()).strip() + ", " + version;
  }

  /** Returns {@code CPU}, {@code GPU} or another word for what it is. */
  String type() {
    return String.valueOf(handle.getType());
  }

  /** Tells whether the device computes in our arrays, or in copies. */
  public boolean sharesMemory() {
    return handle.isSharedMemory();
  }

  /**
   * Tells whether a loop in a kernel keeps the driver from using vector units in all of it. PoCL's
   * compiler is made like that; those that were looked at beside it are not, and take long to
   * compile code without loops.
   */
  public boolean isHinderedByLoops() {
    return driver().startsWith("Portable Computing Language");
  }

  public boolean isProcessor() {
    return handle.getType() == com.aparapi.device.Device.TYPE.CPU;
  }

  /** Returns how many work-groups it runs at a time, or more. */
  public int units() {
    return Math.max(1, handle.getMaxComputeUnits());
  }

  /** Returns how many items a work-group may have at most; a kernel's own limit may be lower. */
  public int largestGroup() {
    return Math.max(1, handle.getMaxWorkGroupSize());
  }

  /** Returns how many bytes its memory has. */
  public long memory() {
    return handle.getGlobalMemSize();
  }

  /** Returns how many bytes one array may take. */
  public long largestArray() {
    return handle.getMaxMemAllocSize();
  }

  /** Returns one line about what the device is and can hold. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s, %s of %s; %s; %d compute units, work-groups up to %d items, %d MB, arrays up to %d MB,"
            + " %s",
        name(),
        type(),
        vendor(),
        driver(),
        units(),
        largestGroup(),
        memory() >> 20,
        largestArray() >> 20,
        sharesMemory() ? "computes in the processor's memory" : "arrays travel");
  }

  /** Returns the device's name with its number, which tells it from others of that name. */
  @Override
  public String toString() {
    return index + " " + name();
  }
}
