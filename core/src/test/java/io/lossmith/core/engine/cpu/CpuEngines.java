package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.engine.cpu.tile.InRegisters;

/** The CPU engine with either kind of kernels, in one JVM. */
public final class CpuEngines {
  private CpuEngines() {}

  /** Returns the engine as it is without the vector module. */
  public static Engine plain() {
    return new CpuEngine(new PlainKernels(), WorkerThreads.ofMachine());
  }

  /**
   * Returns the engine over {@code jdk.incubator.vector}.
   *
   * @throws EngineException where that is not to be had
   */
  public static Engine simd() {
    Kernels kernels = KernelProvider.kernels();
    if (kernels.lanes() == 1) {
      throw new EngineException("cpu: no SIMD here; add --add-modules jdk.incubator.vector");
    }
    return new CpuEngine(kernels, WorkerThreads.ofMachine());
  }

  /** Returns that engine with all passes in registers, from the first run on. */
  static Engine inRegisters() {
    return new CpuEngine(KernelProvider.kernels(), WorkerThreads.ofMachine(), InRegisters.AT_ONCE);
  }

  /** Tells whether {@link #simd} is to be had. */
  public static boolean hasSimd() {
    return KernelProvider.kernels().lanes() > 1;
  }
}
