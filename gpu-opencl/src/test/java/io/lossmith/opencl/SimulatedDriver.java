package io.lossmith.opencl;

import com.aparapi.Kernel;
import com.aparapi.device.OpenCLDevice;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.device.Driver;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * A driver that is more than ours here can be made to say: it takes smaller work-groups, or kernels
 * of fewer nests, and passes the rest on to the driver that there is.
 *
 * @param promises how many items it says that a work-group may have
 * @param takes how many items it really takes
 * @param nests how many nests a kernel may have
 */
record SimulatedDriver(Driver real, int promises, int takes, int nests) implements Driver {
  static final int ANY = Integer.MAX_VALUE;

  /** Returns a device with such a driver. */
  static Device device(Device real, int promises, int takes, int nests) {
    Driver driver = new SimulatedDriver(real.runner(), promises, takes, nests);
    return new Device(real.index(), real.handle(), driver);
  }

  /** Returns a device of its own, whose limits can be set. */
  static OpenCLDevice handle(Device real, String name) {
    OpenCLDevice handle =
        new OpenCLDevice(
            real.handle().getOpenCLPlatform(),
            real.handle().getDeviceId(),
            real.handle().getType());
    handle.setName(name);
    handle.setMaxComputeUnits(1);
    handle.setMaxWorkGroupSize(real.largestGroup());
    handle.setMaxWorkItemDimensions(1);
    handle.setMaxWorkItemSize(new int[] {real.largestGroup()});
    return handle;
  }

  @Override
  public void build(Kernel kernel, Device device) throws BuildFailure {
    Method[] methods = kernel.getClass().getDeclaredMethods();
    long has = Arrays.stream(methods).filter(m -> m.getName().startsWith("nest")).count();
    if (has > nests) {
      throw new BuildFailure("too many registers", null, null);
    }
    real.build(kernel, device);
  }

  @Override
  public int largestGroup(Kernel kernel, Device device) {
    return Math.min(promises, real.largestGroup(kernel, device));
  }

  @Override
  public void run(Kernel kernel, Device device, int items, int group, int passes) {
    if (group > takes) {
      throw new IllegalStateException("out of resources");
    }
    real.run(kernel, device, items, group, passes);
  }
}
