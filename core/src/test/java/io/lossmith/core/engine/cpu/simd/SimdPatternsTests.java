package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.PatternKernels;
import io.lossmith.core.engine.cpu.kernel.PatternsContract;

class SimdPatternsTests extends PatternsContract {
  private final PatternKernels patterns = new SimdKernels().patterns();

  @Override
  protected PatternKernels patterns() {
    return patterns;
  }
}
