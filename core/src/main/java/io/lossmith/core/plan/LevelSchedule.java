package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.WholeArrayOp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is written to memory into levels, which run one after the other: a node's level is the
 * number of stored nodes on the longest way to it. A loss with its gradient is typically three:
 * folds, a few numbers, the gradient.
 */
final class LevelSchedule {
  /** What one level does: clears first, then its loops, then operations on whole arrays. */
  static final class Level {
    final List<Step> clears = new ArrayList<>();
    final List<PendingRoot> roots = new ArrayList<>();
    final List<Step> wholes = new ArrayList<>();
  }

  private record Spill(int level, View view) {}

  private final Materialization materialization;
  private final Buffers buffers;
  private final Decisions decisions;
  private final Rematerialization rematerialization;
  private final Map<Node, Integer> ready = new IdentityHashMap<>();
  private final Map<Buffer, Integer> written = new IdentityHashMap<>();
  private final Map<Node, Spill> spills = new IdentityHashMap<>();
  private final TreeMap<Integer, Level> levels = new TreeMap<>();

  /**
   * @param nodes all nodes, operands before those that use them
   */
  LevelSchedule(
      List<Node> nodes,
      PlanLimits limits,
      Materialization materialization,
      Buffers buffers,
      Decisions decisions) {
    this.materialization = materialization;
    this.buffers = buffers;
    this.decisions = decisions;
    this.rematerialization = new Rematerialization(materialization, decisions, limits);
    for (Node node : nodes) {
      if (node.op() instanceof Leaf) {
        ready.put(node, 0);
      } else if (materialization.reason(node) != null) {
        store(node);
      } else {
        View view = materialization.view(node);
        int level =
            view == null ? after(NodeTraits.read(node)) : written.getOrDefault(view.buffer(), 0);
        ready.put(node, level);
      }
    }
  }

  /**
   * Adds what copies outputs that are not computed right where they go.
   *
   * @param direct nodes that are, with the number of the output
   */
  void storeOutputs(List<Node> outputs, Map<Node, Integer> direct) {
    for (int i = 0; i < outputs.size(); i++) {
      Node node = outputs.get(i);
      if (!Integer.valueOf(i).equals(direct.get(NodeTraits.behind(node)))) {
        add(node, View.of(buffers.output(i, node.shape())), false, 1 + ready.get(node));
      }
    }
  }

  /** Returns the levels in their order. */
  Map<Integer, Level> levels() {
    return Collections.unmodifiableMap(levels);
  }

  /** Returns the roots of all levels. */
  List<PendingRoot> roots() {
    return levels.values().stream().flatMap(level -> level.roots.stream()).toList();
  }

  /** Returns how to read the node at a level, or null if it must be computed in place there. */
  @Nullable View view(Node node, int level) {
    if (rematerialization.isComputedAgain(node, level)) {
      return null;
    }
    Spill spill = spills.get(node);
    return spill != null && spill.level < level ? spill.view : materialization.view(node);
  }

  /** Returns where a node is written, or null if it is not. */
  @Nullable View stored(Node node) {
    return materialization.reason(node) == null ? null : materialization.view(node);
  }

  /** Has a node that a level computes in place written there too, for later levels. */
  void spill(Node node, int level) {
    View view = View.of(buffers.temporary(node.shape(), Reason.REUSED_LATER));
    spills.put(node, new Spill(level, view));
    add(node, view, false, level);
  }

  private void add(Node node, View destination, boolean folds, int level) {
    level(level).roots.add(new PendingRoot(node, destination, folds, level));
  }

  private Level level(int number) {
    return levels.computeIfAbsent(number, n -> new Level());
  }

  private int after(List<Node> nodes) {
    return nodes.stream().mapToInt(ready::get).max().orElse(0);
  }

  private void store(Node node) {
    boolean folds =
        node.op() instanceof AxisFold
            && (decisions.isAccumulated(node) || !materialization.isLocal(node));
    int before = after(node.operands());
    if (folds || node.op() instanceof ElementwiseOp) {
      before =
          rematerialization.after(
              node.operands(), folds ? node.operand(0).shape() : node.shape(), ready);
    }
    int number = Math.max(1 + before, decisions.sunkTo(node));
    rematerialization.stored(node, number);
    View view = materialization.view(node);
    written.put(view.buffer(), number);
    ready.put(node, number);
    if (node.op() instanceof WholeArrayOp opaque) {
      level(number)
          .wholes
          .add(
              new Step.WholeArray(
                  opaque,
                  node.operands().stream().map(n -> materialization.view(n).buffer()).toList(),
                  node.operands().stream().map(Node::shape).toList(),
                  view.buffer()));
    } else if (node.op() instanceof Move.Placing placing) {
      if (!placing.fills()) {
        level(number).clears.add(new Step.Clear(view.buffer()));
      }
      parts(node, placing, view, number);
    } else {
      add(node, view, folds, number);
    }
  }

  private void parts(Node node, Move.Placing placing, View whole, int level) {
    List<Shape> shapes = node.operands().stream().map(Node::shape).toList();
    for (int i = 0; i < shapes.size(); i++) {
      add(node.operand(i), whole.part(placing.start(i, shapes), shapes.get(i)), false, level);
    }
  }
}
