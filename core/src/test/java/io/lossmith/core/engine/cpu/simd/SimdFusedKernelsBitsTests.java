package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.FusedKernelsBitsContract;
import io.lossmith.core.engine.cpu.kernel.Kernels;

class SimdFusedKernelsBitsTests extends FusedKernelsBitsContract {
  private final Kernels kernels = new SimdKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
