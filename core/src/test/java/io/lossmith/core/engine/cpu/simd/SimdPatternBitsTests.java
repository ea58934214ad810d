package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.PatternBitsContract;

class SimdPatternBitsTests extends PatternBitsContract {
  private final Kernels kernels = new SimdKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
