package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.LabelsContract;

class PlainLabelsTests extends LabelsContract {
  private final Kernels kernels = new PlainKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
