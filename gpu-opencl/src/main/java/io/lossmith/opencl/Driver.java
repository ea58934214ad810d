package io.lossmith.opencl;

import com.aparapi.Range;

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

    BuildFailure(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
