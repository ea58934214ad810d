package io.lossmith.core.plan;

import io.lossmith.core.graph.Node;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What was found out by planning, and holds when the graph is planned again: nodes that must be in
 * memory after all, and folds that wait.
 */
final class Decisions {
  private final Map<Node, Reason> forced = new IdentityHashMap<>();
  private final Set<Node> accumulated = Collections.newSetFromMap(new IdentityHashMap<>());
  private Map<Node, Integer> sunk = Map.of();

  /** Returns the nodes that must be in memory, with the reason. */
  Map<Node, Reason> forced() {
    return forced;
  }

  void force(Node node, Reason reason) {
    forced.putIfAbsent(node, reason);
  }

  /**
   * Takes note of a node that fits no loop together with what is computed from it: it is stored;
   * and a fold that cannot be stored out of a loop of its own is accumulated over all of it.
   */
  void doesNotFit(Node node) {
    if (forced.putIfAbsent(node, Reason.NO_LOOP_FITS) != null && !accumulated.add(node)) {
      throw new IllegalStateException("plan: no loop fits " + node);
    }
  }

  boolean isForced(Node node) {
    return forced.containsKey(node);
  }

  /** Tells whether a fold is accumulated although it is small enough to be done in place. */
  boolean isAccumulated(Node node) {
    return accumulated.contains(node);
  }

  /** Returns the level that a fold waits for, 0 for none. */
  int sunkTo(Node node) {
    return sunk.getOrDefault(node, 0);
  }

  /** Has folds wait for the given levels. */
  void sink(Map<Node, Integer> levels) {
    sunk = levels;
  }
}
