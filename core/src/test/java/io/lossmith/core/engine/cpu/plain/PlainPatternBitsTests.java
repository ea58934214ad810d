package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.PatternBitsContract;

class PlainPatternBitsTests extends PatternBitsContract {
  private final Kernels kernels = new PlainKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
