package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.Kernels;
import io.lossmith.core.engine.cpu.LabelsContract;

class PlainLabelsTests extends LabelsContract {
  private final Kernels kernels = new PlainKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
