package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.FoldsContract;
import io.lossmith.core.engine.cpu.kernel.Kernels;

class SimdFoldsTests extends FoldsContract {
  private final Kernels kernels = new SimdKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
