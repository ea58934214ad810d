package io.lossmith.opencl;

import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.MemoryRegion;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Placement.Array;
import io.lossmith.opencl.schedule.Placement.Slot;
import io.lossmith.opencl.schedule.Placement.Transfer;
import io.lossmith.opencl.schedule.Schedule;
import io.lossmith.opencl.schedule.Schedule.Launch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The arrays of a program: those of the buffers, which callers and the processor know, and those of
 * the kernels, which are the same ones where that is possible.
 */
final class ProgramArrays {
  private final List<Buffer> buffers;
  private final List<MemoryRegion> regions = new ArrayList<>();
  private final Placement placement;
  private final List<DeviceKernel> kernels;
  private final boolean sharesMemory;
  private final float[][] arrays;
  private final Map<Launch, Set<String>> fetched = new IdentityHashMap<>();
  private final Map<Launch, List<Buffer>> written = new IdentityHashMap<>();
  private final Map<String, float[]> bound = new HashMap<>();
  private final Map<String, float[]> own = new HashMap<>();
  private final Set<float[]> taken = Collections.newSetFromMap(new IdentityHashMap<>());

  ProgramArrays(
      Plan plan,
      Lowering lowering,
      Schedule schedule,
      Placement placement,
      List<DeviceKernel> kernels,
      Device device) {
    this.buffers = plan.buffers();
    this.placement = placement;
    this.kernels = kernels;
    this.sharesMemory = device.sharesMemory();
    this.arrays = new float[buffers.size()][];
    buffers.forEach(buffer -> regions.add(lowering.region(buffer)));
    for (Launch launch : schedule.launches()) {
      Set<MemoryRegion> all = Collections.newSetFromMap(new IdentityHashMap<>());
      launch.nests().forEach(nest -> all.addAll(nest.writes()));
      all.removeIf(region -> region.count() == 0 || placement.transfer(region) != Transfer.DOWN);
      Set<String> fields = new TreeSet<>();
      all.forEach(region -> fields.add(placement.slot(region).field()));
      fetched.put(launch, fields);
      written.put(launch, buffers.stream().filter(b -> all.contains(regions.get(b.id()))).toList());
    }
  }

  /** Returns the array of a buffer that the processor knows. */
  float[] array(Buffer buffer) {
    return arrays[buffer.id()];
  }

  /** Takes the arrays of a run, and sends the inputs. */
  void begin(float[][] inputs, float[][] outputs) {
    for (int id = 0; id < arrays.length; id++) {
      Buffer buffer = buffers.get(id);
      switch (buffer.kind()) {
        case INPUT -> arrays[id] = inputs[buffer.index()];
        case OUTPUT -> arrays[id] = outputs[buffer.index()];
        case DATA -> arrays[id] = buffer.data();
        case TEMPORARY -> {
          if (arrays[id] == null && placement.transfer(regions.get(id)) != Transfer.SCRATCH) {
            arrays[id] = new float[buffer.shape().count()];
          }
        }
      }
    }
    taken.clear();
    for (Array array : placement.arrays()) {
      float[] chosen = arrayOf(array);
      boolean isNew = bound.put(array.field(), chosen) != chosen;
      array.kernels().forEach(number -> kernels.get(number).bind(array.field(), chosen));
      MemoryRegion only = array.only();
      if (array.transfer() == Transfer.UP && only != null && only.buffer() != null) {
        sendAlone(array, arrays[only.buffer().id()], chosen, isNew);
      }
    }
    for (int id = 0; id < arrays.length; id++) {
      if (buffers.get(id).kind() != Buffer.Kind.TEMPORARY) {
        pack(id);
      }
    }
  }

  /** Chooses the array that the kernels get: the caller's own, unless that would do harm. */
  private float[] arrayOf(Array array) {
    MemoryRegion only = array.only();
    Buffer buffer = only == null ? null : only.buffer();
    if (buffer != null) {
      float[] given = arrays[buffer.id()];
      // Of a longer array the rest would be written back as it was when the run began.
      boolean fits = array.transfer() == Transfer.UP || given.length == array.length();
      // Aparapi sends an array once, even if it has two fields.
      if (fits && (sharesMemory || taken.add(given))) {
        return given;
      }
    }
    return own.computeIfAbsent(array.field(), field -> new float[array.length()]);
  }

  /** What never changes is there already, unless its array is new to the kernels. */
  private void sendAlone(Array array, float[] source, float[] chosen, boolean isNew) {
    if (array.isKept() && !isNew) {
      return;
    }
    if (source != chosen) {
      System.arraycopy(source, 0, chosen, 0, array.length());
    }
    if (!isNew) {
      send(array.field());
    }
  }

  private void send(String field) {
    for (DeviceKernel kernel : kernels) {
      if (kernel.has(field)) {
        kernel.send(field);
      }
    }
  }

  /** Copies a buffer to where kernels read it, if that is an array it shares with others. */
  private void pack(int id) {
    MemoryRegion region = regions.get(id);
    if (region.count() > 0
        && placement.transfer(region) == Transfer.UP
        && placement.isShared(region)) {
      Slot slot = placement.slot(region);
      System.arraycopy(arrays[id], 0, bound.get(slot.field()), slot.offset(), region.count());
      send(slot.field());
    }
  }

  /** Sends what the processor has computed. */
  void send(Buffer buffer) {
    MemoryRegion region = regions.get(buffer.id());
    if (region.count() == 0 || placement.transfer(region) != Transfer.UP) {
      return;
    }
    Slot slot = placement.slot(region);
    float[] to = bound.get(slot.field());
    if (to != arrays[buffer.id()]) {
      System.arraycopy(arrays[buffer.id()], 0, to, slot.offset(), region.count());
    }
    send(slot.field());
  }

  /** Fetches what a launch has computed for callers, the processor and other kernels. */
  void fetch(Launch launch) {
    DeviceKernel kernel = kernels.get(launch.kernel());
    for (String field : fetched.get(launch)) {
      kernel.fetch(field);
      for (DeviceKernel other : kernels) {
        if (other != kernel && other.has(field)) {
          other.send(field);
        }
      }
    }
    for (Buffer buffer : written.get(launch)) {
      MemoryRegion region = regions.get(buffer.id());
      Slot slot = placement.slot(region);
      float[] from = bound.get(slot.field());
      if (from != arrays[buffer.id()]) {
        System.arraycopy(from, slot.offset(), arrays[buffer.id()], 0, region.count());
      }
    }
  }

  /** Releases the arrays of the caller that no kernel holds. */
  void end() {
    for (int id = 0; id < arrays.length; id++) {
      Buffer.Kind kind = buffers.get(id).kind();
      if (kind == Buffer.Kind.INPUT || kind == Buffer.Kind.OUTPUT) {
        arrays[id] = null;
      }
    }
    taken.clear();
  }
}
