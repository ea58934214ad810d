package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.FusedKernels;
import io.lossmith.core.engine.cpu.kernel.FusedKernelsContract;

class SimdFusedKernelsTests extends FusedKernelsContract {
  private final FusedKernels fused = new SimdKernels().fused();

  @Override
  protected FusedKernels fused() {
    return fused;
  }
}
