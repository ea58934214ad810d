package io.lossmith.opencl.schedule;

import io.lossmith.opencl.nest.MemoryRegion;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.schedule.Schedule.Launch;
import io.lossmith.opencl.schedule.Schedule.Part;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides a program's passes among kernels. Drivers compile all nests of a kernel as one function:
 * they need more than twice the time for twice as many, and one nest with a loop keeps drivers for
 * processors from using vector units in any. But each kernel is built and launched for a first time
 * by itself, and kernels have no memory in common: unless that is the processor's, what one hands
 * to the next travels.
 */
public final class KernelCuts {
  private final int most;
  private final int mostPasses;
  private final boolean travels;
  private final List<Part> parts = new ArrayList<>();
  private int kernel = -1;
  private int room;
  private int passesOfKernel;

  private KernelCuts(int most, int mostPasses, boolean travels) {
    this.most = most;
    this.mostPasses = mostPasses;
    this.travels = travels;
  }

  /**
   * Returns a schedule that computes the same, no kernel of which has more than so many nests.
   *
   * @param mostPasses how many passes a kernel may have beside a large one
   * @param travels whether arrays travel between kernels
   */
  public static Schedule of(Schedule schedule, int most, int mostPasses, boolean travels) {
    KernelCuts cuts = new KernelCuts(most, mostPasses, travels);
    for (Part part : schedule.parts()) {
      if (part instanceof Launch launch) {
        cuts.addBetweenLarge(launch.passes());
      } else {
        cuts.parts.add(part);
      }
    }
    return new Schedule(cuts.parts);
  }

  /** No kernel has a large pass and one with a loop. */
  private void addBetweenLarge(List<List<Nest>> all) {
    int from = 0;
    boolean hasLarge = false;
    boolean hasLoop = false;
    for (int at = 0; at < all.size(); at++) {
      boolean isLarge = isLarge(all.get(at));
      boolean loops = all.get(at).stream().anyMatch(Nest::loops);
      if ((hasLarge || isLarge) && (hasLoop || loops)) {
        add(all.subList(from, at), hasLarge);
        room = 0;
        from = at;
        hasLarge = false;
        hasLoop = false;
      }
      hasLarge |= isLarge;
      hasLoop |= loops;
    }
    add(all.subList(from, all.size()), hasLarge);
  }

  private boolean isLarge(List<Nest> pass) {
    return !travels && pass.stream().anyMatch(KernelCuts::isLarge);
  }

  /** What reads nothing but what another pass left in between belongs to that one. */
  private static boolean isLarge(Nest nest) {
    return nest.places() >= Nest.LARGE
        && nest.reads().stream().anyMatch(region -> region.buffer() != null);
  }

  private void add(List<List<Nest>> all, boolean hasLarge) {
    List<List<Nest>> passes = narrow(all);
    long[] crossing = crossing(passes);
    int longest = hasLarge ? mostPasses : Integer.MAX_VALUE;
    int from = 0;
    while (from < passes.size()) {
      int to = 0;
      int size = 0;
      for (int end = from + 1; end <= passes.size(); end++) {
        size += passes.get(end - 1).size();
        if (size > most || end - from > longest) {
          to = to == 0 ? end - 1 : to;
          break;
        }
        boolean isFilled = 2 * size >= most || 2L * (end - from) >= longest || end == passes.size();
        if (isFilled && (to == 0 || crossing[end] <= crossing[to])) {
          to = end;
        }
      }
      put(passes.subList(from, to), longest);
      from = to;
    }
  }

  /** Makes several passes of one with too many nests; these need nothing from each other. */
  private List<List<Nest>> narrow(List<List<Nest>> all) {
    List<List<Nest>> narrow = new ArrayList<>();
    for (List<Nest> pass : all) {
      for (int from = 0; from < pass.size(); from += most) {
        narrow.add(pass.subList(from, Math.min(pass.size(), from + most)));
      }
    }
    return narrow;
  }

  private void put(List<List<Nest>> some, int longest) {
    int size = some.stream().mapToInt(List::size).sum();
    if (kernel < 0 || size > room || passesOfKernel > longest - some.size()) {
      kernel++;
      room = most;
      passesOfKernel = 0;
    }
    room -= size;
    passesOfKernel += some.size();
    parts.add(new Launch(List.copyOf(some), kernel));
  }

  /** Returns for each pass how many numbers it and later ones read of those before it. */
  private static long[] crossing(List<List<Nest>> all) {
    Map<MemoryRegion, Integer> writers = new IdentityHashMap<>();
    Map<MemoryRegion, Integer> readers = new IdentityHashMap<>();
    for (int pass = 0; pass < all.size(); pass++) {
      for (Nest nest : all.get(pass)) {
        for (MemoryRegion region : nest.writes()) {
          writers.putIfAbsent(region, pass);
          readers.put(region, pass);
        }
        for (MemoryRegion region : nest.reads()) {
          readers.put(region, pass);
        }
      }
    }
    long[] crossing = new long[all.size() + 1];
    writers.forEach(
        (region, writer) -> {
          for (int pass = writer + 1; pass <= readers.get(region); pass++) {
            crossing[pass] += region.count();
          }
        });
    return crossing;
  }
}
