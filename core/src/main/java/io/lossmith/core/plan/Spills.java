package io.lossmith.core.plan;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Unary;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Chooses what one level computes and a later one would compute again, although reading it back is
 * cheaper. Local folds are much smaller than what they fold: softmax, needed for a loss and again
 * for its gradient, then finds its largest logits and its sums there, and reads the logits once.
 * For an engine whose functions are slow, these are read back, too.
 */
final class Spills {
  /** All that is computed by polynomials. */
  private static final Set<Op> FUNCTIONS =
      Set.of(
          Unary.EXP,
          Unary.LOG,
          Unary.LOG1P,
          Unary.SIGMOID,
          Unary.SOFTPLUS,
          Unary.TANH,
          Unary.ATAN,
          Binary.POWER);

  private final LevelSchedule schedule;
  private final Materialization materialization;
  private final PlanLimits limits;
  private final Map<Node, Integer> levels = new IdentityHashMap<>();
  private final Map<Node, Boolean> small = new IdentityHashMap<>();
  private final Map<Node, Integer> found = new LinkedHashMap<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private int level;

  private Spills(LevelSchedule schedule, Materialization materialization, PlanLimits limits) {
    this.schedule = schedule;
    this.materialization = materialization;
    this.limits = limits;
  }

  /** Has the level that computes such a value first write it down. */
  static void choose(LevelSchedule schedule, Materialization materialization, PlanLimits limits) {
    Spills spills = new Spills(schedule, materialization, limits);
    schedule.roots().forEach(spills::visit);
    spills.found.forEach(schedule::spill);
  }

  /** Looks at all that a level computes for a root; levels come in their order. */
  private void visit(PendingRoot root) {
    if (root.level() != level) {
      level = root.level();
      seen.clear();
    }
    // What is stored is not read by the loop that stores it.
    root.node().operands().forEach(this::visit);
  }

  private void visit(Node node) {
    if (node.op() instanceof Leaf || materialization.view(node) != null || !seen.add(node)) {
      return;
    }
    int first = levels.computeIfAbsent(node, n -> level);
    if (first < level && (isSmall(node) || isSlow(node))) {
      found.put(node, first);
      return;
    }
    node.operands().forEach(this::visit);
  }

  private boolean isSlow(Node node) {
    return limits.keepsFunctions() && FUNCTIONS.contains(node.op());
  }

  /** Tells whether a node is a local fold, or of its size and computed from such alone. */
  private boolean isSmall(Node node) {
    Boolean known = small.get(node);
    if (known == null) {
      known = isFold(node) || node.op() instanceof ElementwiseOp && comesFromFolds(node);
      small.put(node, known);
    }
    return known;
  }

  private boolean isFold(Node node) {
    return node.op() instanceof AxisFold
        && materialization.isLocal(node)
        && (long) node.shape().count() * limits.smallestSpill() <= node.operand(0).shape().count();
  }

  /** Reads a fold of its own size, and nothing larger; what is in memory may be anything else. */
  private boolean comesFromFolds(Node node) {
    boolean any = false;
    for (Node operand : node.operands()) {
      boolean computed = materialization.view(operand) == null && !(operand.op() instanceof Leaf);
      if (computed && !isSmall(operand)) {
        return false;
      }
      any |= computed && operand.shape().count() == node.shape().count();
    }
    return any;
  }
}
