package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.Kernels;
import io.lossmith.core.engine.cpu.PatternBitsContract;

class SimdPatternBitsTests extends PatternBitsContract {
  private final Kernels kernels = new SimdKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
