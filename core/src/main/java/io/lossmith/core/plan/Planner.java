package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Opaque;
import io.lossmith.core.op.Reduction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Cuts a graph into steps. What is written to memory is decided by {@link Storage}; each stored
 * node becomes the root of a loop, and roots that run over the same frame and need nothing from
 * each other share one, so that inputs are read once for all of them.
 *
 * <p>A stored node's level is the number of stored nodes on the longest way to it; levels run one
 * after the other. A loss with its gradient is typically three: folds, a few numbers, the gradient.
 */
public final class Planner {
  /** Jobs and other steps of one level. */
  private static final class Level {
    final List<Step> clears = new ArrayList<>();
    final List<Job> jobs = new ArrayList<>();
    final List<Step> wholes = new ArrayList<>();
  }

  private final Graph graph;
  private final List<Node> violations;
  private final List<Node> nodes;
  private final Set<Node> accumulated;
  private final Map<Node, Integer> delays;
  private final Storage storage;
  private final Repeats repeats;
  private final Map<Node, Integer> outputs;
  private final Map<Node, Integer> ready = new IdentityHashMap<>();
  private final Map<Buffer, Integer> written = new IdentityHashMap<>();
  private final TreeMap<Integer, Level> levels = new TreeMap<>();

  /**
   * @param violations for each check of the graph the node that counts what breaks it
   */
  private Planner(
      Graph graph,
      List<Node> violations,
      Set<Node> forced,
      Set<Node> accumulated,
      Map<Node, Integer> delays) {
    this.graph = graph;
    this.violations = violations;
    this.nodes = Graph.of(graph.inputs(), joined(graph.outputs(), violations)).nodes();
    this.accumulated = accumulated;
    this.delays = delays;
    this.outputs = direct(graph);
    this.storage = new Storage(nodes, outputs, forced);
    this.repeats = new Repeats(storage, forced);
  }

  /** Plans a graph, which should be simplified before. */
  public static Plan plan(Graph graph) {
    Set<Node> forced = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> accumulated = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> violations = Violations.of(graph);
    Plan plan = null;
    Map<Node, Integer> delays = Map.of();
    while (true) {
      try {
        Planner planner = new Planner(graph, violations, forced, accumulated, delays);
        Plan built = planner.build();
        if (plan != null) {
          return built.moved() < plan.moved() ? built : plan;
        }
        plan = built;
        delays = Delays.of(planner.jobs(), planner.storage);
        if (delays.isEmpty()) {
          return plan;
        }
      } catch (LoopBuilder.Unfit unfit) {
        if (!forced.add(unfit.node) && !accumulated.add(unfit.node)) {
          throw new IllegalStateException("plan: no loop fits " + unfit.node, unfit);
        }
      }
    }
  }

  private static List<Node> joined(List<Node> first, List<Node> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Chooses the nodes that are computed right into an output. */
  private static Map<Node, Integer> direct(Graph graph) {
    Map<Node, Integer> outputs = new IdentityHashMap<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Node node = behind(graph.outputs().get(i));
      boolean computed =
          Storage.isElementwise(node)
              || node.op() instanceof Reduction
              || node.op() instanceof Opaque
              || node.op() instanceof Move.Pad
              || node.op() instanceof Move.Concat;
      if (computed) {
        outputs.putIfAbsent(node, i);
      }
    }
    return outputs;
  }

  /** Returns the node whose row-major elements are those of {@code node}. */
  private static Node behind(Node node) {
    Node found = node;
    while (found.op() instanceof Move.Reshape || Storage.isIdentity(found)) {
      found = found.operand(0);
    }
    return found;
  }

  private Plan build() {
    for (Node node : nodes) {
      if (node.op() instanceof Leaf) {
        ready.put(node, 0);
      } else if (storage.isStored(node)) {
        schedule(node);
      } else {
        View view = storage.view(node);
        ready.put(node, view == null ? after(read(node)) : written(view.buffer()));
      }
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      Node node = graph.outputs().get(i);
      if (!Integer.valueOf(i).equals(outputs.get(behind(node)))) {
        Buffer output = storage.output(i, node.shape());
        level(1 + ready.get(node)).jobs.add(new Job(node, View.of(output), false));
      }
    }
    List<Buffer> checks = violations.stream().map(storage::buffer).toList();
    Keeper keeper = new Keeper(storage);
    levels.forEach((number, level) -> level.jobs.forEach(job -> keeper.visit(job.node(), number)));
    keeper.found().forEach(this::keep);
    List<Step> steps = new ArrayList<>();
    levels.forEach(
        (number, level) -> {
          steps.addAll(level.clears);
          steps.addAll(loops(level.jobs, number));
          steps.addAll(level.wholes);
        });
    return new Plan(List.copyOf(storage.buffers()), List.copyOf(steps), checks);
  }

  private List<Delays.Planned> jobs() {
    List<Delays.Planned> jobs = new ArrayList<>();
    levels.forEach(
        (number, level) -> level.jobs.forEach(job -> jobs.add(new Delays.Planned(job, number))));
    return jobs;
  }

  /** What an alias promises is not needed for its value. */
  static List<Node> read(Node node) {
    return Storage.isIdentity(node) ? node.operands().subList(0, 1) : node.operands();
  }

  private void keep(Node node, int number) {
    level(number).jobs.add(new Job(node, storage.keep(node, number), false));
  }

  private Level level(int number) {
    return levels.computeIfAbsent(number, n -> new Level());
  }

  private int written(Buffer buffer) {
    return written.getOrDefault(buffer, 0);
  }

  private int after(List<Node> nodes) {
    return nodes.stream().mapToInt(ready::get).max().orElse(0);
  }

  private void schedule(Node node) {
    boolean folds =
        node.op() instanceof Reduction && (accumulated.contains(node) || !Storage.isLocal(node));
    Shape space = folds ? node.operand(0).shape() : node.shape();
    boolean isLoop = folds || Storage.isElementwise(node);
    int number =
        1 + (isLoop ? repeats.after(node.operands(), space, ready) : after(node.operands()));
    number = Math.max(number, delays.getOrDefault(node, 0));
    repeats.stored(node, number);
    Level level = level(number);
    Buffer buffer = storage.buffer(node);
    written.put(buffer, number);
    ready.put(node, number);
    if (node.op() instanceof Opaque opaque) {
      level.wholes.add(
          new Step.Whole(
              opaque,
              node.operands().stream().map(n -> storage.view(n).buffer()).toList(),
              node.operands().stream().map(Node::shape).toList(),
              buffer));
    } else if (node.op() instanceof Move.Pad pad) {
      level.clears.add(new Step.Clear(buffer));
      Node operand = node.operand(0);
      View inside = View.of(buffer).part(pad.before(), operand.shape());
      level.jobs.add(new Job(operand, inside, false));
    } else if (node.op() instanceof Move.Concat concat) {
      int start = 0;
      for (Node operand : node.operands()) {
        List<Integer> starts = new ArrayList<>(Collections.nCopies(node.shape().rank(), 0));
        starts.set(concat.axis(), start);
        level.jobs.add(new Job(operand, View.of(buffer).part(starts, operand.shape()), false));
        start += operand.shape().get(concat.axis());
      }
    } else {
      level.jobs.add(new Job(node, View.of(buffer), folds));
    }
  }

  /**
   * Puts jobs over the same frame into one loop; those with local folds come first and set rows.
   */
  private List<Step> loops(List<Job> jobs, int level) {
    Map<Job, LoopBuilder> alone = new LinkedHashMap<>();
    for (Job job : jobs) {
      int[] map = new int[job.space().rank()];
      LoopBuilder loop = new LoopBuilder(storage, level, Frame.of(job.space(), map));
      add(job, loop, map);
      alone.put(job, loop);
    }
    List<Job> order = new ArrayList<>(jobs);
    order.sort((a, b) -> Boolean.compare(rows(alone.get(b)), rows(alone.get(a))));
    List<LoopBuilder> loops = new ArrayList<>();
    for (Job job : order) {
      LoopBuilder own = alone.get(job);
      if (loops.stream().noneMatch(loop -> join(job, own, loop))) {
        loops.add(own);
      }
    }
    return loops.stream().<Step>map(FrameFinisher::finish).toList();
  }

  private static boolean rows(LoopBuilder loop) {
    return loop.frame().hasRows();
  }

  private boolean join(Job job, LoopBuilder own, LoopBuilder loop) {
    if (rows(own) && !own.frame().sizes(true).equals(loop.frame().sizes(true))) {
      return false;
    }
    int[] map = loop.frame().place(job.space());
    if (map == null) {
      return false;
    }
    List<boolean[]> folds = new ArrayList<>();
    loop.roots().stream().filter(r -> r.fold() != null).forEach(r -> folds.add(r.folded()));
    if (job.folds()) {
      boolean[] folded = new boolean[loop.frame().rank()];
      for (int axis : ((Reduction) job.node().op()).axes()) {
        if (map[axis] >= 0) {
          folded[map[axis]] = true;
        }
      }
      folds.add(folded);
      if (!FrameFinisher.hasColumn(loop, folds)) {
        return false;
      }
    }
    try {
      add(job, loop, map);
      return true;
    } catch (LoopBuilder.Unfit unfit) {
      return false;
    }
  }

  private static void add(Job job, LoopBuilder loop, int[] map) {
    if (job.folds()) {
      loop.fold(job.node(), map, job.destination());
    } else {
      loop.store(job.node(), map, job.destination());
    }
  }
}
