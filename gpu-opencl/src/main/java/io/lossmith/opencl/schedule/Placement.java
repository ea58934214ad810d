package io.lossmith.opencl.schedule;

import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.opencl.nest.ElementCount;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.MemoryRegion;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.schedule.Schedule.HostStep;
import io.lossmith.opencl.schedule.Schedule.Launch;
import io.lossmith.opencl.schedule.Schedule.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Assigns each memory region to an array of the kernels. Small regions share an array for each
 * direction that they travel, because each array costs time of its own; scratch stays on the
 * device.
 */
public final class Placement {
  /** Smaller regions share an array. */
  private static final int SMALL = 4096;

  /** Larger scratch has an array of its own, which later scratch may take over. */
  private static final int LARGE = 1 << 20;

  /** For each direction: devices need not take kernels with more than 128 arrays. */
  private static final int MOST_ARRAYS = 50;

  /** How the numbers of an array are transferred in a run. */
  public enum Transfer {
    /** From the processor to the device. */
    UP,
    /** From the device to the processor. */
    DOWN,
    /** Not at all. */
    SCRATCH
  }

  /**
   * An array of kernels.
   *
   * @param field its name
   * @param only the one region that lies in it, or null if they share it
   * @param kernels the numbers of those that read or write it
   */
  public record Array(
      String field,
      Transfer transfer,
      int length,
      @Nullable MemoryRegion only,
      Set<Integer> kernels) {
    /** Tells whether it holds what never changes, and so travels once. */
    public boolean isKept() {
      return transfer == Transfer.UP && only != null && only.constant() != null;
    }

    public long bytes() {
      return (long) Float.BYTES * length;
    }
  }

  /** The place of a region. */
  public record Slot(String field, int offset) {}

  private final Map<MemoryRegion, Transfer> transfers = new LinkedHashMap<>();
  private final Map<MemoryRegion, Set<Integer>> users = new IdentityHashMap<>();
  private final Map<MemoryRegion, Set<Launch>> writers = new IdentityHashMap<>();
  private final Map<MemoryRegion, Slot> slots = new IdentityHashMap<>();
  private final List<Array> arrays = new ArrayList<>();
  private final Set<String> shared = new HashSet<>();

  private Placement() {}

  public static Placement of(Plan plan, Schedule schedule, Lowering lowering) {
    Placement placement = new Placement();
    placement.findWays(plan, schedule, lowering);
    placement.place();
    return placement;
  }

  /** Returns the arrays of all kernels. */
  public List<Array> arrays() {
    return arrays;
  }

  /** Returns the arrays of one kernel. */
  public List<Array> arrays(int kernel) {
    return arrays.stream().filter(array -> array.kernels().contains(kernel)).toList();
  }

  public Slot slot(MemoryRegion region) {
    Slot slot = slots.get(region);
    if (slot == null) {
      throw new IllegalStateException("opencl: " + region + " has no place");
    }
    return slot;
  }

  /** Returns how a region travels, or null if the device does not touch it. */
  public @Nullable Transfer transfer(MemoryRegion region) {
    return transfers.get(region);
  }

  /** Tells whether a region lies in one array with others. */
  public boolean isShared(MemoryRegion region) {
    return shared.contains(slot(region).field());
  }

  private void findWays(Plan plan, Schedule schedule, Lowering lowering) {
    Set<MemoryRegion> byHost = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Buffer check : plan.checks()) {
      byHost.add(lowering.region(check));
    }
    for (Part part : schedule.parts()) {
      if (part instanceof HostStep host) {
        host.step().operands().forEach(buffer -> byHost.add(lowering.region(buffer)));
        continue;
      }
      Launch launch = (Launch) part;
      for (Nest nest : launch.nests()) {
        for (MemoryRegion region : nest.reads()) {
          use(region, launch);
          transfers.putIfAbsent(region, Transfer.UP);
          if (!writers.getOrDefault(region, Set.of(launch)).contains(launch)) {
            byHost.add(region); // what the device keeps between launches is not to be relied on
          }
        }
        for (MemoryRegion region : nest.writes()) {
          use(region, launch);
          transfers.put(region, Transfer.SCRATCH);
          writers.computeIfAbsent(region, r -> byIdentity()).add(launch);
        }
      }
    }
    writers.forEach(
        (region, launches) -> {
          Buffer buffer = region.buffer();
          boolean isOutput = buffer != null && buffer.kind() == Buffer.Kind.OUTPUT;
          if (isOutput || byHost.contains(region) || launches.size() > 1) {
            transfers.put(region, Transfer.DOWN);
          }
        });
  }

  private void use(MemoryRegion region, Launch launch) {
    users.computeIfAbsent(region, r -> new TreeSet<>()).add(launch.kernel());
  }

  private static Set<Launch> byIdentity() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private void place() {
    for (Transfer transfer : Transfer.values()) {
      List<MemoryRegion> all =
          transfers.keySet().stream().filter(region -> transfers.get(region) == transfer).toList();
      int small = transfer == Transfer.SCRATCH ? LARGE : smallest(all);
      Map<String, List<MemoryRegion>> together = new LinkedHashMap<>();
      List<MemoryRegion> alone = new ArrayList<>();
      for (MemoryRegion region : all) {
        String name = region.count() > small ? null : together(region, transfer);
        if (name == null) {
          alone.add(region);
        } else {
          together.computeIfAbsent(name, n -> new ArrayList<>()).add(region);
        }
      }
      together.forEach((name, regions) -> placeTogether(name, transfer, regions));
      for (MemoryRegion region : alone) {
        String field = "a" + arrays.size();
        slots.put(region, new Slot(field, 0));
        arrays.add(new Array(field, transfer, region.count(), region, kernels(List.of(region))));
      }
    }
  }

  /**
   * Returns the name of the array that a small region shares with others, or null if there is none:
   * an array that travels back has been written by one kernel, or one would undo what another did.
   */
  private @Nullable String together(MemoryRegion region, Transfer transfer) {
    String name = transfer.name().toLowerCase(Locale.ROOT);
    if (transfer == Transfer.UP) {
      return name;
    }
    List<Integer> by = writers.get(region).stream().map(Launch::kernel).distinct().toList();
    return by.size() == 1 ? name + by.get(0) : null;
  }

  private void placeTogether(String name, Transfer transfer, List<MemoryRegion> regions) {
    long length = 0;
    for (MemoryRegion region : regions) {
      slots.put(region, new Slot(name, ElementCount.require(length)));
      length += region.count();
    }
    if (length > 0) {
      arrays.add(new Array(name, transfer, ElementCount.require(length), null, kernels(regions)));
      shared.add(name);
    }
  }

  private Set<Integer> kernels(List<MemoryRegion> regions) {
    Set<Integer> all = new TreeSet<>();
    regions.forEach(region -> all.addAll(users.get(region)));
    return all;
  }

  /** Returns below which size regions share an array, so that there are not too many arrays. */
  private static int smallest(List<MemoryRegion> all) {
    int[] sizes = all.stream().mapToInt(MemoryRegion::count).sorted().toArray();
    return sizes.length <= MOST_ARRAYS ? SMALL : Math.max(SMALL, sizes[sizes.length - MOST_ARRAYS]);
  }
}
