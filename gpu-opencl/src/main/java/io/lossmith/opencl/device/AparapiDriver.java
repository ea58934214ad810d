package io.lossmith.opencl.device;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.exception.QueryFailedException;
import com.aparapi.internal.kernel.KernelManager;
import java.util.LinkedHashSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Builds and runs kernels with Aparapi. */
final class AparapiDriver implements Driver {
  private static final long COMPILER_STACK = 256L << 20;

  /** One at a time. Of our own: the thread that compiles takes Aparapi's lock. */
  private static final Object COMPILING = new Object();

  /**
   * Aparapi's translator is not made for two threads, and drivers' compilers go deeper into large
   * kernels than the stack of a Java thread.
   */
  @Override
  public void build(Kernel kernel, Device device) throws BuildFailure {
    synchronized (COMPILING) {
      Aparapi.forgetWarnings();
      LinkedHashSet<com.aparapi.device.Device> only = new LinkedHashSet<>();
      only.add(device.handle());
      KernelManager.instance().setPreferredDevices(kernel, only);
      kernel.setExplicit(!device.sharesMemory());
      FutureTask<Object> task = new FutureTask<>(() -> kernel.compile(device.handle()));
      compilerThread(task).start();
      SignalHandlers.watch(device, task);
      try {
        await(task, kernel);
      } finally {
        AparapiMemory.forgetParsed();
      }
    }
  }

  /** Returns a thread that drivers can compile on. */
  static Thread compilerThread(Runnable build) {
    return new Thread(null, build, "lossmith-opencl-compiler", COMPILER_STACK);
  }

  private static void await(FutureTask<Object> task, Kernel kernel) throws BuildFailure {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true; // a driver that compiles cannot be stopped
        } catch (ExecutionException e) {
          String source = AparapiMemory.source(kernel.getClass());
          throw new BuildFailure(Aparapi.reason(e.getCause()), e.getCause(), source);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public int largestGroup(Kernel kernel, Device device) {
    try {
      return kernel.getKernelMaxWorkGroupSize(device.handle());
    } catch (QueryFailedException e) {
      return 0;
    }
  }

  /** Where the device fails, Aparapi takes Java threads, which refuse. */
  @Override
  public void run(Kernel kernel, Device device, int items, int group, int passes) {
    kernel.execute(Range.create(device.handle(), items, group), passes);
  }
}
