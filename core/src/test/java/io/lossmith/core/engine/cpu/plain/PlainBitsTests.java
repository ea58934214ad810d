package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.BitsContract;
import io.lossmith.core.engine.cpu.Kernels;

class PlainBitsTests extends BitsContract {
  private final Kernels kernels = new PlainKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
