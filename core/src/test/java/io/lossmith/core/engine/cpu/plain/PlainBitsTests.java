package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.BitsContract;
import io.lossmith.core.engine.cpu.kernel.Kernels;

class PlainBitsTests extends BitsContract {
  private final Kernels kernels = new PlainKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
