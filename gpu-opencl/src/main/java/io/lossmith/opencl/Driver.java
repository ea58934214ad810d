package io.lossmith.opencl;

import com.aparapi.Range;
import org.jspecify.annotations.Nullable;

/**
 * What builds and runs kernels on a device. There is one, {@link AparapiDriver}; tests stand in
 * front of it with what other drivers do: smaller work-groups, refusals.
 */
interface Driver {
  /**
   * Translates and builds a kernel.
   *
   * @throws BuildFailure if that fails
   */
  void build(FusedKernel kernel, Device device) throws BuildFailure;

  /** Returns how many items a work-group of a kernel that is built may have, or 0 if unknown. */
  int largestGroup(FusedKernel kernel, Device device);

  /** Runs passes of a kernel that is built; throws anything where the device does not. */
  void run(FusedKernel kernel, Range range, int passes);

  /** A kernel that a driver does not build; a smaller one may do. */
  final class BuildFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String source;

    /**
     * @param source the OpenCL that the driver was given, if it came to that
     */
    BuildFailure(String message, Throwable cause, @Nullable String source) {
      super(message, cause);
      this.source = source;
    }

    @Nullable String source() {
      return source;
    }
  }
}
