package io.lossmith.core.plan;

import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.WholeArrayOp;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a graph into steps:
 *
 * <ol>
 *   <li>{@link Materialization} decides what is written to memory, each with a {@link Reason};
 *   <li>{@link LevelSchedule} puts that into levels, {@link Rematerialization} and {@link
 *       FoldSinking} move some of it to others, {@link Spills} adds what later levels read back;
 *   <li>{@link Grouping} puts the roots of a level into loops, so that inputs are read once for all
 *       of a loop's roots, and {@link LoopBuilder} makes the loops' values;
 *   <li>{@link PlanVerifier} looks whether the plan computes what the graph says.
 * </ol>
 *
 * <p>Where a node turns out to fit no loop, planning begins again with that node in memory; where a
 * fold would better wait for a later loop, again with that settled.
 */
public final class Planner {
  private final Graph graph;
  private final PlanLimits limits;
  private final Decisions decisions = new Decisions();
  private final Map<Node, Integer> outputs;
  private final List<Node> violations;
  private final List<Node> nodes;

  private Planner(Graph graph, PlanLimits limits) {
    this.graph = graph;
    this.limits = limits;
    this.outputs = direct(graph);
    this.violations = Violations.of(graph);
    violations.forEach(node -> decisions.force(node, Reason.CHECK));
    List<Node> all = new ArrayList<>(graph.outputs());
    all.addAll(violations);
    this.nodes = Graph.of(graph.inputs(), all).nodes();
    if (!limits.sameBits()) {
      ComparedNodes.of(graph).forEach(decisions::force);
    }
  }

  /** Plans a graph, which should be simplified before, for what an engine can hold. */
  public static Plan plan(Graph graph, PlanLimits limits) {
    Plan plan = new Planner(graph, limits).plan();
    PlanVerifier.verify(plan);
    return plan;
  }

  private Plan plan() {
    Plan first = null;
    while (true) {
      Buffers buffers = new Buffers();
      Materialization materialization =
          new Materialization(nodes, limits, buffers, outputs, decisions.forced());
      LevelSchedule schedule =
          new LevelSchedule(nodes, limits, materialization, buffers, decisions);
      schedule.storeOutputs(graph.outputs(), outputs);
      Spills.choose(schedule, materialization, limits);
      List<Step> steps = steps(schedule);
      if (steps == null) {
        continue;
      }
      List<Buffer> checks =
          violations.stream().map(node -> materialization.view(node).buffer()).toList();
      Plan plan = new Plan(List.copyOf(buffers.all()), steps, checks);
      if (first != null) {
        return plan.moved() < first.moved() ? plan : first;
      }
      Map<Node, Integer> sunk = FoldSinking.of(schedule, limits);
      if (sunk.isEmpty()) {
        return plan;
      }
      first = plan;
      decisions.sink(sunk);
    }
  }

  /** Returns all steps in their order, or null where a node fits no loop. */
  private @Nullable List<Step> steps(LevelSchedule schedule) {
    List<Step> steps = new ArrayList<>();
    for (LevelSchedule.Level level : schedule.levels().values()) {
      Grouping grouping = new Grouping(schedule);
      Node misfit = grouping.group(level.roots);
      if (misfit != null) {
        decisions.doesNotFit(misfit);
        return null;
      }
      steps.addAll(level.clears);
      steps.addAll(grouping.steps());
      steps.addAll(level.wholes);
    }
    return List.copyOf(steps);
  }

  /** Chooses the nodes that are computed right into an output. */
  private static Map<Node, Integer> direct(Graph graph) {
    Map<Node, Integer> outputs = new IdentityHashMap<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Node node = NodeTraits.behind(graph.outputs().get(i));
      boolean computed =
          NodeTraits.isComputed(node)
              || node.op() instanceof WholeArrayOp
              || node.op() instanceof Move.Placing;
      if (computed) {
        outputs.putIfAbsent(node, i);
      }
    }
    return outputs;
  }
}
