package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.FusedKernelsBitsContract;

class SimdFusedKernelsBitsTests extends FusedKernelsBitsContract {
  private final Kernels kernels = new SimdKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
