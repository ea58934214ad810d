package io.lossmith.opencl;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.internal.kernel.KernelManager;
import io.lossmith.core.engine.EngineException;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A generated kernel on a device, for one caller at a time.
 *
 * <p>A device that shares the processor's memory computes in the arrays themselves. Any other has
 * copies, which travel when asked. What it keeps is never relied on from one launch to the next,
 * unless our array holds the same: Aparapi makes its copies anew from our arrays whenever the
 * garbage collector has moved those. Nor are arrays ever fetched one by one from a device that
 * shares memory: Aparapi would then take moved arrays for unmoved ones.
 */
final class DeviceKernel {
  private static final long COMPILER_STACK = 256L << 20;

  /** One at a time. Of our own: the thread that compiles takes Aparapi's lock. */
  private static final Object COMPILING = new Object();

  private final Device device;
  private final FusedKernel kernel;
  private final Map<String, Field> fields = new HashMap<>();
  private final Map<String, float[]> bound = new HashMap<>();
  private final Field first;
  private State state = State.NEW;

  private enum State {
    NEW,
    BUILT,
    FAILED,
    CLOSED
  }

  DeviceKernel(Class<? extends FusedKernel> type, Device device, Placement placement) {
    this.device = device;
    try {
      kernel = type.getDeclaredConstructor().newInstance();
      for (Placement.Array array : placement.arrays()) {
        fields.put(array.field(), type.getField(array.field()));
      }
      first = type.getField(KernelWriter.FIRST);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("opencl: " + type + " is not as it was written", e);
    }
    LinkedHashSet<com.aparapi.device.Device> only = new LinkedHashSet<>();
    only.add(device.handle());
    KernelManager.instance().setPreferredDevices(kernel, only);
    kernel.setExplicit(!device.sharesMemory());
  }

  /**
   * Gives the kernel an array, whose content a device with a memory of its own takes over with the
   * next launch; returns false if it is the one that the kernel had.
   */
  boolean bind(String field, float[] array) {
    if (bound.put(field, array) == array) {
      return false;
    }
    try {
      fields.get(field).set(kernel, array);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("opencl: " + field + " cannot be set", e);
    }
    return true;
  }

  /** Returns the array that the kernel has. */
  float[] array(String field) {
    float[] array = bound.get(field);
    if (array == null) {
      throw new IllegalStateException("opencl: " + field + " has no array");
    }
    return array;
  }

  /** Has an array that changed travel to the device with the next launch. */
  void send(String field) {
    if (!device.sharesMemory()) {
      kernel.put(array(field));
    }
  }

  /** Has an array travel back. */
  void fetch(String field) {
    if (!device.sharesMemory()) {
      kernel.get(array(field));
    }
  }

  /**
   * Runs passes.
   *
   * @param pass the first
   * @throws EngineException if the device did not run them
   */
  void launch(int pass, int passes, int groups) {
    if (state == State.FAILED) {
      throw new EngineException("opencl: " + device + " failed before; compile the graph again");
    }
    Range range = Range.create(device.handle(), groups * Nest.LANES, Nest.LANES);
    try {
      first.setInt(kernel, pass);
      if (state == State.BUILT) {
        kernel.execute(range, passes);
      } else {
        build(range, passes);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("opencl: the pass cannot be set", e);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      // Aparapi tries the next device, of which there is none, or Java threads, which refuse.
      state = State.FAILED;
      throw failure(e);
    }
  }

  /**
   * Runs a kernel for the first time, which compiles it. Aparapi's translator is not made for two
   * threads, and drivers' compilers go deeper into large kernels than the stack of a Java thread.
   */
  private void build(Range range, int passes) {
    synchronized (COMPILING) {
      Aparapi.forgetWarnings();
      FutureTask<Kernel> task = new FutureTask<>(() -> kernel.execute(range, passes));
      compilerThread(task).start();
      SignalHandlers.watch(device, task);
      try {
        await(task);
      } finally {
        AparapiMemory.forgetParsed();
      }
      if (!kernel.isRunningCL()) {
        throw new IllegalStateException("the kernel did not run on the device");
      }
      state = State.BUILT;
    }
  }

  /** Returns a thread on which drivers can compile. */
  static Thread compilerThread(Runnable build) {
    return new Thread(null, build, "lossmith-opencl-compiler", COMPILER_STACK);
  }

  private static void await(FutureTask<Kernel> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true; // a kernel that has begun cannot be stopped
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private EngineException failure(Throwable cause) {
    String warnings = Aparapi.takeWarnings();
    return new EngineException(
        "opencl: "
            + device
            + " ("
            + device.driver()
            + ") did not run the kernel: "
            + (warnings.isEmpty() ? cause.toString() : warnings)
            + "; "
            + BuildLog.tell(device, kernel.getClass(), warnings)
            + "; use the engine cpu",
        cause);
  }

  /** Frees what the device holds; again does nothing. */
  void close() {
    if (state == State.BUILT) {
      kernel.dispose();
    }
    state = State.CLOSED;
    bound.clear();
  }
}
