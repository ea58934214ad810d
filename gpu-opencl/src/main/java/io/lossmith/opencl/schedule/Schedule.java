package io.lossmith.opencl.schedule;

import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.MemoryRegion;
import io.lossmith.opencl.nest.Nest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run does, in order: launches on the device, and between them operations on whole arrays,
 * which the processor computes. A launch goes on as long as there is anything for the device.
 *
 * @param parts launches and operations
 */
public record Schedule(List<Part> parts) {
  /** One thing after the other. */
  public sealed interface Part {}

  /**
   * Passes on the device, each after what it reads; the nests of a pass need nothing from each
   * other.
   *
   * @param kernel the number of the kernel that has these passes
   */
  public record Launch(List<List<Nest>> passes, int kernel) implements Part {
    /** Returns how many work-groups its largest pass needs. */
    public long groups() {
      return nests().stream().mapToLong(Nest::groups).max().orElse(1);
    }

    /** Returns the nests of all passes. */
    public List<Nest> nests() {
      return passes.stream().flatMap(Collection::stream).toList();
    }
  }

  /** An operation on the processor. */
  public record HostStep(Step.WholeArray step) implements Part {}

  /** A nest or an operation, and what must come before it. */
  private record Task(Part single, Set<MemoryRegion> writes, boolean isClear, Set<Task> before) {
    boolean isHost() {
      return single instanceof HostStep;
    }

    Nest nest() {
      return ((Launch) single).nests().get(0);
    }
  }

  /** Orders the steps of a plan. */
  public static Schedule of(Plan plan, Lowering lowering) {
    Scheduler scheduler = new Scheduler();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Loop loop) {
        lowering.nests(loop).forEach(nest -> scheduler.add(nest, false));
      } else if (step instanceof Step.Clear clear) {
        scheduler.add(lowering.clear(clear), true);
      } else {
        scheduler.add((Step.WholeArray) step, lowering);
      }
    }
    return new Schedule(scheduler.parts());
  }

  /** Returns the launches. */
  public List<Launch> launches() {
    return parts.stream().filter(Launch.class::isInstance).map(Launch.class::cast).toList();
  }

  /** Returns the launches of each kernel. */
  public List<List<Launch>> kernels() {
    List<List<Launch>> kernels = new ArrayList<>();
    for (Launch launch : launches()) {
      while (kernels.size() <= launch.kernel()) {
        kernels.add(new ArrayList<>());
      }
      kernels.get(launch.kernel()).add(launch);
    }
    return kernels;
  }

  /** Returns how many passes all launches have. */
  public int passes() {
    return launches().stream().mapToInt(launch -> launch.passes().size()).sum();
  }

  private static final class Scheduler {
    private final List<Task> tasks = new ArrayList<>();
    private final Map<MemoryRegion, List<Task>> writers = new IdentityHashMap<>();
    private final Map<Task, Boolean> done = new IdentityHashMap<>();

    void add(Nest nest, boolean isClear) {
      if (nest.groups() > 0) {
        Part single = new Launch(List.of(List.of(nest)), 0);
        add(single, nest.reads(), nest.writes(), isClear);
      }
    }

    void add(Step.WholeArray whole, Lowering lowering) {
      Set<MemoryRegion> reads = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Buffer buffer : whole.operands()) {
        reads.add(lowering.region(buffer));
      }
      add(new HostStep(whole), reads, Set.of(lowering.region(whole.result())), false);
    }

    private void add(
        Part single, Set<MemoryRegion> reads, Set<MemoryRegion> writes, boolean isClear) {
      Set<Task> before = Collections.newSetFromMap(new IdentityHashMap<>());
      for (MemoryRegion region : reads) {
        before.addAll(writers.getOrDefault(region, List.of()));
      }
      for (MemoryRegion region : writes) {
        // Parts of one array go beside each other, after the zeros between them.
        writers.getOrDefault(region, List.of()).stream().filter(Task::isClear).forEach(before::add);
      }
      Task task = new Task(single, writes, isClear, before);
      tasks.add(task);
      writes.forEach(r -> writers.computeIfAbsent(r, k -> new ArrayList<>()).add(task));
    }

    List<Part> parts() {
      List<Part> parts = new ArrayList<>();
      List<Task> open = new ArrayList<>(tasks);
      while (!open.isEmpty()) {
        List<List<Nest>> passes = passes(open);
        if (!passes.isEmpty()) {
          parts.add(new Launch(passes, 0));
        }
        List<Task> ready =
            open.stream().filter(n -> n.isHost() && done.keySet().containsAll(n.before())).toList();
        for (Task task : ready) {
          parts.add(task.single());
          done.put(task, true);
          open.remove(task);
        }
      }
      return parts;
    }

    /** Takes all nests that need no further operation of the processor, pass by pass. */
    private List<List<Nest>> passes(List<Task> open) {
      List<List<Nest>> passes = new ArrayList<>();
      Map<Task, Integer> pass = new IdentityHashMap<>();
      for (Task task : List.copyOf(open)) {
        if (task.isHost() || !task.before().stream().allMatch(n -> done.containsKey(n))) {
          continue;
        }
        int number =
            task.before().stream().mapToInt(n -> 1 + pass.getOrDefault(n, -1)).max().orElse(0);
        while (passes.size() <= number) {
          passes.add(new ArrayList<>());
        }
        passes.get(number).add(task.nest());
        pass.put(task, number);
        done.put(task, true);
        open.remove(task);
      }
      return passes;
    }
  }
}
