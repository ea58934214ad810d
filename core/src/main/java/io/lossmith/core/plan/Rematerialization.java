package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Identity;
import io.lossmith.core.op.Leaf;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses stored nodes that others compute again instead of waiting until they are written: where
 * both run over the same axes, a loop that writes such a node goes on with it at once, which is
 * cheaper than another loop that reads it.
 */
final class Rematerialization {
  private final Materialization materialization;
  private final Decisions decisions;
  private final PlanLimits limits;
  private final Map<Node, Integer> levels = new IdentityHashMap<>();

  Rematerialization(Materialization materialization, Decisions decisions, PlanLimits limits) {
    this.materialization = materialization;
    this.decisions = decisions;
    this.limits = limits;
  }

  /** Takes note of a stored node, which a level writes. */
  void stored(Node node, int level) {
    if (node.op() instanceof ElementwiseOp && !decisions.isForced(node) && isPlain(node)) {
      levels.put(node, level);
    }
  }

  /** Tells whether a stored node is computed in place at a level: the one that writes it. */
  boolean isComputedAgain(Node node, int level) {
    return level <= levels.getOrDefault(node, -1);
  }

  /**
   * Returns the last level that what is computed over {@code space} from some nodes must wait for.
   *
   * @param ready for each node the level after which it can be read or computed
   */
  int after(List<Node> nodes, Shape space, Map<Node, Integer> ready) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Node> open = new ArrayDeque<>(nodes);
    int last = 0;
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (!seen.add(node)) {
        continue;
      }
      if (levels.containsKey(node) && node.shape().equals(space)) {
        last = Math.max(last, levels.get(node) - 1);
      } else if (isRead(node)) {
        last = Math.max(last, ready.get(node));
      } else {
        open.addAll(NodeTraits.read(node));
      }
    }
    return last;
  }

  private boolean isRead(Node node) {
    return node.op() instanceof Leaf || materialization.view(node) != null;
  }

  /** Tells whether a node is computed by few elementwise operations from what is in memory. */
  private boolean isPlain(Node root) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Node> open = new ArrayDeque<>(root.operands());
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (isRead(node) || !seen.add(node)) {
        continue;
      }
      boolean simple =
          node.op() instanceof ElementwiseOp
              || node.op() instanceof Identity
              || OperandAxes.of(node) != null;
      if (!simple || seen.size() > limits.longestRepeat()) {
        return false;
      }
      open.addAll(NodeTraits.read(node));
    }
    return true;
  }
}
