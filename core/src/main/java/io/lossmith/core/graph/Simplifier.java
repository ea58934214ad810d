package io.lossmith.core.graph;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a graph into a smaller one that computes the same: constants are folded, equal nodes
 * merged (a shared softmax is computed once), dead ones dropped, and what autodiff writes without
 * thinking (times one, minus a negation, a broadcast before a product) is tidied up.
 *
 * <p>What may change: the last bits of a float, where that takes fewer roundings; the sign of a
 * zero; and ∞ or NaN that came from overflow on the way. What may not: NaN stays NaN, so nothing is
 * ever assumed about 0·x or x−x; outputs keep their order and shapes; checks stay.
 */
public final class Simplifier {
  /** Most graphs settle after three rounds; only chains of moves hundreds long take more. */
  private static final int ROUNDS = 64;

  private Simplifier() {}

  /** Returns a graph with the same inputs, outputs and checks, and less to do. */
  public static Graph simplify(Graph graph) {
    Graph settled = settled(round(graph, new Rewriter(List.of())));
    for (int i = 0; i < ROUNDS; i++) {
      Graph fewer = RepeatedChoices.leaveOut(settled);
      if (fewer == settled) {
        break;
      }
      settled = settled(fewer);
    }
    return settled;
  }

  private static Graph settled(Graph graph) {
    Graph current = graph;
    for (int i = 0; i < ROUNDS; i++) {
      Graph next = round(current, new Rewriter(Rules.ALL));
      if (next.outputs().equals(current.outputs())) { // nodes are compared by identity
        break;
      }
      current = next;
    }
    return current;
  }

  private static Graph round(Graph graph, Rewriter rewriter) {
    Map<Node, Integer> uses = uses(graph);
    Map<Node, Node> rewritten = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      List<Node> operands = node.operands().stream().map(rewritten::get).toList();
      Node changed = operands.equals(node.operands()) ? node : node.withOperands(operands);
      Node result = rewriter.simplified(changed);
      rewriter.addUses(result, uses.getOrDefault(node, 0));
      rewritten.put(node, result);
    }
    return Graph.of(graph.inputs(), graph.outputs().stream().map(rewritten::get).toList());
  }

  private static Map<Node, Integer> uses(Graph graph) {
    Map<Node, Integer> uses = new IdentityHashMap<>();
    graph.outputs().forEach(output -> uses.merge(output, 1, Integer::sum));
    for (Node node : graph.nodes()) {
      node.operands().stream().distinct().forEach(operand -> uses.merge(operand, 1, Integer::sum));
    }
    return uses;
  }
}
