package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.BitsContract;
import io.lossmith.core.engine.cpu.kernel.Kernels;

class SimdBitsTests extends BitsContract {
  private final Kernels kernels = new SimdKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
