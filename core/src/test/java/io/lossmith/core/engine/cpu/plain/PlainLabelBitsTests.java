package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.Kernels;
import io.lossmith.core.engine.cpu.LabelBitsContract;

class PlainLabelBitsTests extends LabelBitsContract {
  private final Kernels kernels = new PlainKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
