package io.lossmith.opencl;

import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.opencl.Placement.Array;
import io.lossmith.opencl.Placement.Slot;
import io.lossmith.opencl.Placement.Way;
import io.lossmith.opencl.Schedule.Stretch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arrays of a program: those of the buffers, which callers and the processor know, and those of
 * the kernel, which are the same ones where that is possible.
 */
final class Binding {
  private final List<Buffer> buffers;
  private final List<Region> regions = new ArrayList<>();
  private final Placement placement;
  private final DeviceKernel kernel;
  private final boolean sharesMemory;
  private final float[][] arrays;
  private final Map<Stretch, List<Buffer>> written = new IdentityHashMap<>();
  private final Map<String, float[]> own = new HashMap<>();
  private final Set<float[]> taken = Collections.newSetFromMap(new IdentityHashMap<>());

  Binding(
      Plan plan,
      Lowering lowering,
      Schedule schedule,
      Placement placement,
      DeviceKernel kernel,
      Device device) {
    this.buffers = plan.buffers();
    this.placement = placement;
    this.kernel = kernel;
    this.sharesMemory = device.sharesMemory();
    this.arrays = new float[buffers.size()][];
    buffers.forEach(buffer -> regions.add(lowering.region(buffer)));
    for (Stretch stretch : schedule.stretches()) {
      Set<Region> all = Collections.newSetFromMap(new IdentityHashMap<>());
      stretch.nests().forEach(nest -> all.addAll(nest.writes()));
      written.put(stretch, buffers.stream().filter(b -> travels(b, Way.DOWN, all)).toList());
    }
  }

  private boolean travels(Buffer buffer, Way way, Set<Region> among) {
    Region region = regions.get(buffer.id());
    return region.count() > 0 && placement.way(region) == way && among.contains(region);
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
          if (arrays[id] == null && placement.way(regions.get(id)) != Way.SCRATCH) {
            arrays[id] = new float[buffer.shape().count()];
          }
        }
      }
    }
    taken.clear();
    for (Array array : placement.arrays()) {
      float[] bound = arrayOf(array);
      boolean isNew = kernel.bind(array.field(), bound);
      Region only = array.only();
      if (array.way() == Way.UP && only != null && only.buffer() != null) {
        sendAlone(array, arrays[only.buffer().id()], bound, isNew);
      }
    }
    for (int id = 0; id < arrays.length; id++) {
      if (buffers.get(id).kind() != Buffer.Kind.TEMPORARY) {
        pack(id);
      }
    }
  }

  /** Chooses the array that the kernel gets: the caller's own, unless that would do harm. */
  private float[] arrayOf(Array array) {
    Region only = array.only();
    Buffer buffer = only == null ? null : only.buffer();
    if (buffer != null) {
      float[] given = arrays[buffer.id()];
      // Of a longer array the rest would be written back as it was when the run began.
      boolean fits = array.way() == Way.UP || given.length == array.length();
      // Aparapi sends an array once, even if it has two fields.
      if (fits && (sharesMemory || taken.add(given))) {
        return given;
      }
    }
    return own.computeIfAbsent(array.field(), field -> new float[array.length()]);
  }

  /** What never changes is there already, unless its array is new to the kernel. */
  private void sendAlone(Array array, float[] source, float[] bound, boolean isNew) {
    if (array.isKept() && !isNew) {
      return;
    }
    if (source != bound) {
      System.arraycopy(source, 0, bound, 0, array.length());
    }
    if (!isNew) {
      kernel.send(array.field());
    }
  }

  /** Copies a buffer to where the kernel reads it, if that is an array it shares with others. */
  private void pack(int id) {
    Region region = regions.get(id);
    if (region.count() > 0 && placement.way(region) == Way.UP && placement.isShared(region)) {
      Slot slot = placement.slot(region);
      float[] to = kernel.array(slot.field());
      System.arraycopy(arrays[id], 0, to, slot.offset(), region.count());
      kernel.send(slot.field());
    }
  }

  /** Sends what the processor has computed. */
  void send(Buffer buffer) {
    Region region = regions.get(buffer.id());
    if (region.count() == 0 || placement.way(region) != Way.UP) {
      return;
    }
    Slot slot = placement.slot(region);
    float[] to = kernel.array(slot.field());
    if (to != arrays[buffer.id()]) {
      System.arraycopy(arrays[buffer.id()], 0, to, slot.offset(), region.count());
    }
    kernel.send(slot.field());
  }

  /** Fetches what a stretch has left for callers and the processor. */
  void fetch(Stretch stretch) {
    Set<String> fetched = new HashSet<>();
    for (Buffer buffer : written.get(stretch)) {
      Region region = regions.get(buffer.id());
      Slot slot = placement.slot(region);
      if (fetched.add(slot.field())) {
        kernel.fetch(slot.field());
      }
      float[] from = kernel.array(slot.field());
      if (from != arrays[buffer.id()]) {
        System.arraycopy(from, slot.offset(), arrays[buffer.id()], 0, region.count());
      }
    }
  }

  /** Lets go of the arrays of the caller, as far as the kernel does not hold them. */
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
