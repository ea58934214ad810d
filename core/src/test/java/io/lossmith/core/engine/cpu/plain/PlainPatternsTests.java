package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.PatternKernels;
import io.lossmith.core.engine.cpu.kernel.PatternsContract;

class PlainPatternsTests extends PatternsContract {
  private final PatternKernels patterns = new PlainKernels().patterns();

  @Override
  protected PatternKernels patterns() {
    return patterns;
  }
}
