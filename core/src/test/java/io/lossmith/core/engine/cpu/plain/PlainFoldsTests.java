package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.FoldsContract;
import io.lossmith.core.engine.cpu.Kernels;

class PlainFoldsTests extends FoldsContract {
  private final Kernels kernels = new PlainKernels();

  @Override
  protected Kernels kernels() {
    return kernels;
  }
}
