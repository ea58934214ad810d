package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.FusedKernels;
import io.lossmith.core.engine.cpu.kernel.FusedKernelsContract;

class PlainFusedKernelsTests extends FusedKernelsContract {
  private final FusedKernels fused = new PlainKernels().fused();

  @Override
  protected FusedKernels fused() {
    return fused;
  }
}
