package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.Kernels;
import io.lossmith.core.engine.cpu.LabelBitsContract;

class SimdLabelBitsTests extends LabelBitsContract {
  private final Kernels kernels = new SimdKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
