package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stored nodes that others need not wait for: where both run over the same frame, a loop that
 * writes such a node goes on with it at once, which is cheaper than another loop that reads it.
 */
final class Repeats {
  /** A formula of more operations is not written into a second loop, should the two not join. */
  private static final int LONGEST = 32;

  private final Storage storage;
  private final Set<Node> forced;
  private final Map<Node, Integer> levels = new IdentityHashMap<>();

  /**
   * @param forced nodes that must be in memory before those that need them
   */
  Repeats(Storage storage, Set<Node> forced) {
    this.storage = storage;
    this.forced = forced;
  }

  /** Takes note of a stored node, which a level writes. */
  void stored(Node node, int level) {
    if (Storage.isElementwise(node) && !forced.contains(node) && isPlain(node)) {
      levels.put(node, level);
      storage.repeat(node, level);
    }
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
        open.addAll(Planner.read(node));
      }
    }
    return last;
  }

  private boolean isRead(Node node) {
    return node.op() instanceof Leaf || storage.view(node) != null;
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
          Storage.isElementwise(node) || Storage.isIdentity(node) || Storage.isTransparent(node);
      if (!simple || seen.size() > LONGEST) {
        return false;
      }
      open.addAll(Planner.read(node));
    }
    return true;
  }
}
