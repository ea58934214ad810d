package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.FoldsContract;
import io.lossmith.core.engine.cpu.kernel.Kernels;

class PlainFoldsTests extends FoldsContract {
  private final Kernels kernels = new PlainKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
