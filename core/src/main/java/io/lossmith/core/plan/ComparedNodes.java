package io.lossmith.core.plan;

import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Binary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the nodes that are compared with what is made of the same node. The gradient of a maximum
 * is where an element equals the maximum: an engine that may round a formula otherwise in another
 * loop must not compute the element a second time.
 */
final class ComparedNodes {
  private ComparedNodes() {}

  /** Returns what to write to memory, so that all read the same number, and why. */
  static Map<Node, Reason> of(Graph graph) {
    Map<Node, Reason> found = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Binary op && isComparison(op)) {
        Node a = NodeTraits.moved(node.operand(0));
        Node b = NodeTraits.moved(node.operand(1));
        if (!Collections.disjoint(madeOf(a), madeOf(b))) {
          List.of(a, b).stream()
              .filter(NodeTraits::isComputed)
              .forEach(side -> found.put(side, Reason.COMPARED));
        }
      }
    }
    return found;
  }

  private static boolean isComparison(Binary op) {
    return op == Binary.EQUAL
        || op == Binary.NOT_EQUAL
        || op == Binary.LESS
        || op == Binary.LESS_EQUAL;
  }

  /** Returns the computed nodes that a node is made of, and itself. */
  private static Set<Node> madeOf(Node node) {
    Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> open = new ArrayList<>(List.of(node));
    while (!open.isEmpty()) {
      Node next = NodeTraits.moved(open.remove(open.size() - 1));
      if (NodeTraits.isComputed(next) && found.add(next)) {
        open.addAll(next.operands());
      }
    }
    return found;
  }
}
