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
 * Finds the nodes that are compared with themselves: by way of a fold, in another order, or as a
 * difference that is asked for its sign. The gradient of a maximum is where an element equals the
 * maximum: an engine that may round a formula otherwise in another loop, or at another place of
 * one, must not compute the element a second time.
 */
final class ComparedNodes {
  private final Map<Node, Reason> found = new IdentityHashMap<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private ComparedNodes() {}

  /** Returns what to write to memory, so that all read the same number, and why. */
  static Map<Node, Reason> of(Graph graph) {
    ComparedNodes compared = new ComparedNodes();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Binary op && op.isComparison()) {
        compared.lookBelow(node);
      }
    }
    return compared.found;
  }

  /** Looks at what is compared, and at all that it is made of. */
  private void lookBelow(Node comparison) {
    List<Node> open = new ArrayList<>(List.of(comparison));
    while (!open.isEmpty()) {
      Node node = NodeTraits.moved(open.remove(open.size() - 1));
      if (NodeTraits.isComputed(node) && seen.add(node)) {
        if (node.operands().size() == 2) {
          store(node.operand(0), node.operand(1));
        }
        open.addAll(node.operands());
      }
    }
  }

  /** Stores what both sides are made of: of nodes made of each other, the last. */
  private void store(Node a, Node b) {
    Set<Node> both = madeOf(a);
    both.retainAll(madeOf(b));
    Set<Node> below = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : both) {
      node.operands().forEach(operand -> below.add(NodeTraits.moved(operand)));
    }
    both.stream().filter(node -> !below.contains(node)).forEach(this::store);
  }

  private void store(Node node) {
    found.put(node, Reason.COMPARED);
  }

  /** Returns the computed nodes that a node is made of, and itself. */
  private static Set<Node> madeOf(Node node) {
    Set<Node> made = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> open = new ArrayList<>(List.of(node));
    while (!open.isEmpty()) {
      Node next = NodeTraits.moved(open.remove(open.size() - 1));
      if (NodeTraits.isComputed(next) && made.add(next)) {
        open.addAll(next.operands());
      }
    }
    return made;
  }
}
