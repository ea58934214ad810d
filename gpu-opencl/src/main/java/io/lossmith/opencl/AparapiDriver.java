package io.lossmith.opencl;

import com.aparapi.Range;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.exception.QueryFailedException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Kernels by Aparapi. */
final class AparapiDriver implements Driver {
  private static final long COMPILER_STACK = 256L << 20;

  /** One at a time. Of our own: the thread that compiles takes Aparapi's lock. */
  private static final Object COMPILING = new Object();

  /**
   * Aparapi's translator is not made for two threads, and drivers' compilers go deeper into large
   * kernels than the stack of a Java thread.
   */
  @Override
  public void build(FusedKernel kernel, Device device) throws BuildFailure {
    synchronized (COMPILING) {
      Aparapi.forgetWarnings();
      FutureTask<Object> task = new FutureTask<>(() -> kernel.compile(device.handle()));
      new Thread(null, task, "lossmith-opencl-compiler", COMPILER_STACK).start();
      try {
        await(task);
      } finally {
        AparapiMemory.forgetParsed();
      }
    }
  }

  private static void await(FutureTask<Object> task) throws BuildFailure {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true; // a driver that compiles cannot be stopped
        } catch (ExecutionException e) {
          throw new BuildFailure(reason(e.getCause()), e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns what went wrong, in one line. */
  static String reason(Throwable cause) {
    String warnings = Aparapi.takeWarnings();
    if (!warnings.isEmpty()) {
      return warnings;
    }
    return cause instanceof CompileFailedException && cause.getMessage() != null
        ? cause.getMessage()
        : cause.toString();
  }

  @Override
  public int largestGroup(FusedKernel kernel, Device device) {
    try {
      return kernel.getKernelMaxWorkGroupSize(device.handle());
    } catch (QueryFailedException e) {
      return 0;
    }
  }

  /** Where the device fails, Aparapi takes Java threads, which refuse. */
  @Override
  public void run(FusedKernel kernel, Range range, int passes) {
    kernel.execute(range, passes);
  }
}
