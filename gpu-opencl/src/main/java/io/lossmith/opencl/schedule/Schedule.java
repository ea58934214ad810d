package io.lossmith.opencl.schedule;

import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.nest.Region;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run does, in order: stretches on the device, and between them operations on whole arrays,
 * which the processor computes. A stretch goes on as long as there is anything for the device.
 *
 * @param parts stretches and operations
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
  public record Stretch(List<List<Nest>> passes, int kernel) implements Part {
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
  public record Host(Step.Whole step) implements Part {}

  /** A nest or an operation, and what must come before it. */
  private record Node(Part single, Set<Region> writes, boolean isClear, Set<Node> before) {
    boolean isHost() {
      return single instanceof Host;
    }

    Nest nest() {
      return ((Stretch) single).nests().get(0);
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
        scheduler.add((Step.Whole) step, lowering);
      }
    }
    return new Schedule(scheduler.parts());
  }

  /** Returns the stretches. */
  public List<Stretch> stretches() {
    return parts.stream().filter(Stretch.class::isInstance).map(Stretch.class::cast).toList();
  }

  /** Returns the stretches of each kernel. */
  public List<List<Stretch>> kernels() {
    List<List<Stretch>> kernels = new ArrayList<>();
    for (Stretch stretch : stretches()) {
      while (kernels.size() <= stretch.kernel()) {
        kernels.add(new ArrayList<>());
      }
      kernels.get(stretch.kernel()).add(stretch);
    }
    return kernels;
  }

  /** Returns how many passes all stretches have. */
  public int passes() {
    return stretches().stream().mapToInt(stretch -> stretch.passes().size()).sum();
  }

  private static final class Scheduler {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Region, List<Node>> writers = new IdentityHashMap<>();
    private final Map<Node, Boolean> done = new IdentityHashMap<>();

    void add(Nest nest, boolean isClear) {
      if (nest.groups() > 0) {
        Part single = new Stretch(List.of(List.of(nest)), 0);
        add(single, nest.reads(), nest.writes(), isClear);
      }
    }

    void add(Step.Whole whole, Lowering lowering) {
      Set<Region> reads = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Buffer buffer : whole.operands()) {
        reads.add(lowering.region(buffer));
      }
      add(new Host(whole), reads, Set.of(lowering.region(whole.result())), false);
    }

    private void add(Part single, Set<Region> reads, Set<Region> writes, boolean isClear) {
      Set<Node> before = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Region region : reads) {
        before.addAll(writers.getOrDefault(region, List.of()));
      }
      for (Region region : writes) {
        // Parts of one array go beside each other, after the zeros between them.
        writers.getOrDefault(region, List.of()).stream().filter(Node::isClear).forEach(before::add);
      }
      Node node = new Node(single, writes, isClear, before);
      nodes.add(node);
      writes.forEach(r -> writers.computeIfAbsent(r, k -> new ArrayList<>()).add(node));
    }

    List<Part> parts() {
      List<Part> parts = new ArrayList<>();
      List<Node> open = new ArrayList<>(nodes);
      while (!open.isEmpty()) {
        List<List<Nest>> passes = passes(open);
        if (!passes.isEmpty()) {
          parts.add(new Stretch(passes, 0));
        }
        List<Node> ready =
            open.stream().filter(n -> n.isHost() && done.keySet().containsAll(n.before())).toList();
        for (Node node : ready) {
          parts.add(node.single());
          done.put(node, true);
          open.remove(node);
        }
      }
      return parts;
    }

    /** Takes all nests that need no further operation of the processor, pass by pass. */
    private List<List<Nest>> passes(List<Node> open) {
      List<List<Nest>> passes = new ArrayList<>();
      Map<Node, Integer> pass = new IdentityHashMap<>();
      for (Node node : List.copyOf(open)) {
        if (node.isHost() || !node.before().stream().allMatch(n -> done.containsKey(n))) {
          continue;
        }
        int number =
            node.before().stream().mapToInt(n -> 1 + pass.getOrDefault(n, -1)).max().orElse(0);
        while (passes.size() <= number) {
          passes.add(new ArrayList<>());
        }
        passes.get(number).add(node.nest());
        pass.put(node, number);
        done.put(node, true);
        open.remove(node);
      }
      return passes;
    }
  }
}
