package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.FusedKernelsBitsContract;
import io.lossmith.core.engine.cpu.kernel.Kernels;

class PlainFusedKernelsBitsTests extends FusedKernelsBitsContract {
  private final Kernels kernels = new PlainKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
