package io.lossmith.opencl;

import io.lossmith.core.engine.EngineException;
import io.lossmith.opencl.device.Aparapi;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.device.Driver;
import io.lossmith.opencl.kernel.FusedKernel;
import io.lossmith.opencl.kernel.KernelWriter;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.schedule.Placement;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  private final Class<? extends FusedKernel> type;
  private final Device device;
  private final Map<String, Field> fields = new HashMap<>();
  private final Map<String, float[]> bound = new HashMap<>();
  private final Field first;
  private FusedKernel kernel;
  private int group;
  private boolean hasRun;
  private boolean failed;

  /**
   * @throws Driver.BuildFailure if the driver does not build it
   */
  DeviceKernel(Class<? extends FusedKernel> type, Device device, List<Placement.Array> arrays)
      throws Driver.BuildFailure {
    this.type = type;
    this.device = device;
    try {
      for (Placement.Array array : arrays) {
        fields.put(array.field(), type.getField(array.field()));
      }
      first = type.getField(KernelWriter.FIRST);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("opencl: " + type + " is not as it was written", e);
    }
    this.kernel = build();
    this.group = GroupSize.of(device, kernel);
  }

  private FusedKernel build() throws Driver.BuildFailure {
    FusedKernel made;
    try {
      made = type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("opencl: " + type + " is not as it was written", e);
    }
    device.runner().build(made, device);
    return made;
  }

  /** Returns how many items the device takes as a work-group. */
  int group() {
    return group;
  }

  /** Tells whether the kernel has an array of this name. */
  boolean has(String field) {
    return fields.containsKey(field);
  }

  /**
   * Gives the kernel an array, whose content a device with a memory of its own takes over with the
   * next launch; returns false if it is the one that the kernel had.
   */
  boolean bind(String field, float[] array) {
    if (bound.put(field, array) == array) {
      return false;
    }
    set(field, array);
    return true;
  }

  private void set(String field, float[] array) {
    try {
      fields.get(field).set(kernel, array);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("opencl: " + field + " cannot be set", e);
    }
  }

  /** Returns the array that the kernel has. */
  private float[] array(String field) {
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
   * Runs passes. A driver that refuses them is asked again with smaller work-groups: what it says
   * of a kernel when it is built need not hold when it runs.
   *
   * @param pass the first
   * @param items how many, a multiple of {@link Nest#LANES}
   * @throws EngineException if the device did not run them
   */
  void launch(int pass, int passes, int items) {
    if (failed) {
      throw new EngineException("opencl: " + device + " failed before; compile the graph again");
    }
    while (true) {
      try {
        first.setInt(kernel, pass);
        device.runner().run(kernel, device, items, group, passes);
        hasRun = true;
        return;
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("opencl: the pass cannot be set", e);
      } catch (RuntimeException | LinkageError | AssertionError e) {
        // Aparapi tries the next device, of which there is none, or Java threads, which refuse.
        shrink(e);
      }
    }
  }

  /** Takes a kernel that has not failed, with smaller work-groups, if there are any. */
  private void shrink(Throwable cause) {
    String reason = Aparapi.reason(cause);
    int smaller = GroupSize.below(group);
    failed = smaller == 0;
    if (failed) {
      throw failure(reason, cause);
    }
    try {
      kernel = build();
      hasRun = false;
    } catch (Driver.BuildFailure e) {
      failed = true;
      throw failure(reason, cause);
    }
    bound.forEach(this::set);
    group = smaller;
  }

  private EngineException failure(String reason, Throwable cause) {
    return new EngineException(
        "opencl: "
            + device
            + " ("
            + device.driver()
            + ") did not run the kernel, not even in work-groups of "
            + group
            + ": "
            + reason
            + "; what the driver says is on standard error; use the engine cpu",
        cause);
  }

  /**
   * Frees what the device holds; of a kernel that never ran it keeps the program, which Aparapi
   * cannot free without crashing.
   */
  void close() {
    if (hasRun) {
      kernel.dispose();
    }
    bound.clear();
  }
}
