package io.lossmith.core.plan;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Reduction;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds what one level computes and a later one would compute again although reading it back is
 * cheaper: a local fold is much smaller than what it folds. Softmax, needed for a loss and again
 * for its gradient, then finds its largest logits and its sums there, and reads the logits once.
 */
final class Keeper {
  /** Folds of fewer elements are done again: less memory, hardly more time. */
  private static final int SMALLEST_FOLD = 8;

  private final Storage storage;
  private final Map<Node, Integer> levels = new IdentityHashMap<>();
  private final Map<Node, Boolean> small = new IdentityHashMap<>();
  private final Map<Node, Integer> found = new LinkedHashMap<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private int level;

  Keeper(Storage storage) {
    this.storage = storage;
  }

  /** Looks at all that a level computes for a node; levels come in their order. */
  void visit(Node root, int number) {
    if (number != level) {
      level = number;
      seen.clear();
    }
    // What is stored is not read by the job that stores it.
    root.operands().forEach(this::visit);
  }

  /** Returns the nodes to keep, each with the level that computes it first. */
  Map<Node, Integer> found() {
    return found;
  }

  private void visit(Node node) {
    if (node.op() instanceof Leaf || storage.view(node) != null || !seen.add(node)) {
      return;
    }
    int first = levels.computeIfAbsent(node, n -> level);
    if (first < level && isSmall(node)) {
      found.put(node, first);
      return;
    }
    node.operands().forEach(this::visit);
  }

  /** Tells whether a node is a local fold, or of its size and computed from such alone. */
  private boolean isSmall(Node node) {
    Boolean known = small.get(node);
    if (known == null) {
      known = isFold(node) || Storage.isElementwise(node) && comesFromFolds(node);
      small.put(node, known);
    }
    return known;
  }

  private static boolean isFold(Node node) {
    return node.op() instanceof Reduction
        && Storage.isLocal(node)
        && (long) node.shape().count() * SMALLEST_FOLD <= node.operand(0).shape().count();
  }

  /** Reads a fold of its own size, and nothing larger; what is in memory may be anything else. */
  private boolean comesFromFolds(Node node) {
    boolean any = false;
    for (Node operand : node.operands()) {
      boolean computed = storage.view(operand) == null && !(operand.op() instanceof Leaf);
      if (computed && !isSmall(operand)) {
        return false;
      }
      any |= computed && operand.shape().count() == node.shape().count();
    }
    return any;
  }
}
