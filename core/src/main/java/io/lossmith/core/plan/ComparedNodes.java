package io.lossmith.core.plan;

import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the nodes whose very bits decide something: a comparison, a sign, a rounding to whole
 * numbers. The gradient of a maximum is where an element equals the maximum, so an element that is
 * computed a second time must come out as it did the first time.
 */
final class ComparedNodes {
  private final Graph graph;
  private final PlanLimits limits;

  private ComparedNodes(Graph graph, PlanLimits limits) {
    this.graph = graph;
    this.limits = limits;
  }

  /**
   * Returns what is compared and all that it is computed from, up to what every loop reads from
   * memory: folds over whole loops are computed once.
   */
  static Set<Node> of(Graph graph, PlanLimits limits) {
    return new ComparedNodes(graph, limits).find();
  }

  private Set<Node> find() {
    Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> open = new ArrayList<>();
    for (Node node : graph.nodes()) {
      open.addAll(compared(node));
    }
    while (!open.isEmpty()) {
      Node node = open.remove(open.size() - 1);
      if (found.add(node) && !isComputedOnce(node)) {
        open.addAll(NodeTraits.read(node));
      }
    }
    return found;
  }

  private boolean isComputedOnce(Node node) {
    return node.op() instanceof Reduction
        ? !Materialization.isLocal(node, limits)
        : !NodeTraits.isElementwise(node) && NodeTraits.moved(node) == node;
  }

  /** Returns the operands of which an operation only asks how they compare. */
  private static List<Node> compared(Node node) {
    Op op = node.op();
    if (op instanceof Binary binary && isComparison(binary)) {
      return node.operands();
    }
    boolean isStep = op instanceof Where || op instanceof Unary unary && isStep(unary);
    return isStep ? node.operands().subList(0, 1) : List.of();
  }

  private static boolean isComparison(Binary op) {
    return switch (op) {
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> true;
      default -> false;
    };
  }

  private static boolean isStep(Unary op) {
    return op == Unary.SIGN || op == Unary.FLOOR || op == Unary.RINT;
  }

  /**
   * Returns those that are compared with what is made of the same node, each with the reason to
   * write it to memory: an engine that rounds one formula in two ways must compute them once.
   */
  static Map<Node, Reason> toStore(Graph graph) {
    Map<Node, Reason> found = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Binary binary && isComparison(binary)) {
        Node a = NodeTraits.moved(node.operand(0));
        Node b = NodeTraits.moved(node.operand(1));
        if (!Collections.disjoint(madeOf(a), madeOf(b))) {
          for (Node side : List.of(a, b)) {
            if (NodeTraits.isComputed(side)) {
              found.put(side, Reason.COMPARED);
            }
          }
        }
      }
    }
    return found;
  }

  /** Returns the computed nodes that a node is made of. */
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
