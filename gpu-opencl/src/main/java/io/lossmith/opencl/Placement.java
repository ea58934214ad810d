package io.lossmith.opencl;

import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.opencl.Schedule.Host;
import io.lossmith.opencl.Schedule.Part;
import io.lossmith.opencl.Schedule.Stretch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which array of the kernel each region lies in. Small regions share an array for each direction
 * that they travel, because each array costs time of its own; scratch stays on the device.
 */
final class Placement {
  /** Smaller regions share an array. */
  private static final int SMALL = 4096;

  /** Larger scratch has an array of its own, which later scratch may take over. */
  private static final int LARGE = 1 << 20;

  /** For each direction: devices need not take kernels with more than 128 arrays. */
  private static final int MOST_ARRAYS = 50;

  /** How the numbers of an array travel. */
  enum Way {
    /** From the processor to the device. */
    UP,
    /** From the device to the processor. */
    DOWN,
    /** Not at all. */
    SCRATCH
  }

  /**
   * An array of the kernel.
   *
   * @param field its name
   * @param only the one region that lies in it, or null if they share it
   */
  record Array(String field, Way way, int length, @Nullable Region only) {
    /** Tells whether it holds what never changes, and so travels once. */
    boolean isKept() {
      return way == Way.UP && only != null && only.constant() != null;
    }

    long bytes() {
      return (long) Float.BYTES * length;
    }
  }

  /** The place of a region. */
  record Slot(String field, int offset) {}

  private final Map<Region, Way> ways = new LinkedHashMap<>();
  private final Map<Region, Slot> slots = new IdentityHashMap<>();
  private final List<Array> arrays = new ArrayList<>();
  private final Set<String> shared = new HashSet<>();

  private Placement() {}

  static Placement of(Plan plan, Schedule schedule, Lowering lowering) {
    Placement placement = new Placement();
    placement.findWays(plan, schedule, lowering);
    placement.place();
    return placement;
  }

  List<Array> arrays() {
    return arrays;
  }

  Slot slot(Region region) {
    Slot slot = slots.get(region);
    if (slot == null) {
      throw new IllegalStateException("opencl: " + region + " has no place");
    }
    return slot;
  }

  /** Returns how a region travels, or null if the device does not touch it. */
  @Nullable Way way(Region region) {
    return ways.get(region);
  }

  /** Tells whether a region lies in one array with others. */
  boolean isShared(Region region) {
    return shared.contains(slot(region).field());
  }

  private void findWays(Plan plan, Schedule schedule, Lowering lowering) {
    Set<Region> byDevice = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Region> byHost = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<Region, Stretch> writtenIn = new IdentityHashMap<>();
    for (Buffer check : plan.checks()) {
      byHost.add(lowering.region(check));
    }
    for (Part part : schedule.parts()) {
      if (part instanceof Host host) {
        host.step().operands().forEach(buffer -> byHost.add(lowering.region(buffer)));
        continue;
      }
      Stretch stretch = (Stretch) part;
      for (Nest nest : stretch.nests()) {
        for (Region region : nest.reads()) {
          Stretch writer = writtenIn.get(region);
          if (writer != null && writer != stretch) {
            byHost.add(region); // what the device keeps between stretches is not to be relied on
          }
          ways.putIfAbsent(region, Way.UP);
        }
        for (Region region : nest.writes()) {
          writtenIn.put(region, stretch);
          byDevice.add(region);
          ways.put(region, Way.SCRATCH);
        }
      }
    }
    for (Region region : byDevice) {
      Buffer buffer = region.buffer();
      boolean isOutput = buffer != null && buffer.kind() == Buffer.Kind.OUTPUT;
      if (isOutput || byHost.contains(region)) {
        ways.put(region, Way.DOWN);
      }
    }
  }

  private void place() {
    for (Way way : Way.values()) {
      List<Region> all = ways.keySet().stream().filter(region -> ways.get(region) == way).toList();
      place(way, all, way == Way.SCRATCH ? LARGE : smallest(all));
    }
  }

  /** Returns below which size regions share an array, so that there are not too many arrays. */
  private static int smallest(List<Region> all) {
    int[] sizes = all.stream().mapToInt(Region::count).sorted().toArray();
    return sizes.length <= MOST_ARRAYS ? SMALL : Math.max(SMALL, sizes[sizes.length - MOST_ARRAYS]);
  }

  private void place(Way way, List<Region> all, int small) {
    String together = way.name().toLowerCase(Locale.ROOT);
    long length = 0;
    List<Region> alone = new ArrayList<>();
    for (Region region : all) {
      if (region.count() > small) {
        alone.add(region);
      } else {
        slots.put(region, new Slot(together, Limits.requireCount(length)));
        length += region.count();
      }
    }
    if (length > 0) {
      arrays.add(new Array(together, way, Limits.requireCount(length), null));
      shared.add(together);
    }
    for (Region region : alone) {
      String field = "a" + arrays.size();
      slots.put(region, new Slot(field, 0));
      arrays.add(new Array(field, way, region.count(), region));
    }
  }
}
