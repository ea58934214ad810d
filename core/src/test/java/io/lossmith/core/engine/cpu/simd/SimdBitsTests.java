package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.BitsContract;
import io.lossmith.core.engine.cpu.Kernels;

class SimdBitsTests extends BitsContract {
  private final Kernels kernels = new SimdKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
