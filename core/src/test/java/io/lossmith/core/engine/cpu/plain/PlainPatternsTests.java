package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.PatternKernels;
import io.lossmith.core.engine.cpu.PatternsContract;

class PlainPatternsTests extends PatternsContract {
  private final PatternKernels patterns = new PlainKernels().patterns();

  @Override
  protected PatternKernels patterns() {
    return patterns;
  }
}
