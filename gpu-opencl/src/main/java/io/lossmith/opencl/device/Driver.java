package io.lossmith.opencl.device;

import com.aparapi.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * What builds and runs kernels on a device. There is one, {@link AparapiDriver}; tests stand in
 * front of it with what other drivers do: smaller work-groups, refusals.
 */
public interface Driver {
  /**
   * Translates and builds a kernel, which runs on this device and no other from then on.
   *
   * @throws BuildFailure if that fails
   */
  void build(Kernel kernel, Device device) throws BuildFailure;

  /** Returns how many items a work-group of a kernel that is built may have, or 0 if unknown. */
  int largestGroup(Kernel kernel, Device device);

  /**
   * Runs passes of a kernel that is built; throws anything where the device does not.
   *
   * @param items how many, a multiple of {@code group}
   * @param group how many the driver takes as a work-group
   */
  void run(Kernel kernel, Device device, int items, int group, int passes);

  /** A kernel that a driver does not build; a smaller one may do. */
  final class BuildFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String source;

    /**
     * @param source the OpenCL that the driver was given, if it came to that
     */
    public BuildFailure(String message, Throwable cause, @Nullable String source) {
      super(message, cause);
      this.source = source;
    }

    @Nullable String source() {
      return source;
    }
  }
}
