package io.lossmith.core.graph;

import io.lossmith.core.Shape;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Where;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Leaves out choices that are made again further on, by the same condition, before anything sees
 * what was not chosen: in where(c, f(where(c, x, 0)), 0) the inner one decides nothing. Gradients
 * are full of them, for a choice is settled at each place where its zeros might be lost.
 */
final class RepeatedChoices {
  /** That a value counts only where a condition holds, or only where it does not. */
  private record Case(Node condition, boolean holds) {}

  private final Graph graph;
  private final Map<Node, Set<Case>> seen = new IdentityHashMap<>();

  private RepeatedChoices(Graph graph) {
    this.graph = graph;
  }

  /** Returns the graph without such choices; the same one where there are none. */
  static Graph leaveOut(Graph graph) {
    long choices = graph.nodes().stream().filter(node -> node.op() instanceof Where).count();
    return choices < 2 ? graph : new RepeatedChoices(graph).rewritten();
  }

  private Graph rewritten() {
    look();
    if (graph.nodes().stream().noneMatch(node -> decided(node) > 0)) {
      return graph;
    }
    Rewriter make = new Rewriter(List.of());
    Map<Node, Node> results = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      List<Node> operands = node.operands().stream().map(results::get).toList();
      int side = decided(node);
      Node result = side > 0 ? make.fitted(node, operands.get(side)) : make.with(node, operands);
      results.put(node, result);
    }
    return Graph.of(graph.inputs(), graph.outputs().stream().map(results::get).toList());
  }

  /** Returns the operand that stands for a choice, or 0 where it must be made. */
  private int decided(Node node) {
    if (!(node.op() instanceof Where)) {
      return 0;
    }
    for (int side = 1; side <= 2; side++) {
      Case own = new Case(condition(node), side == 1);
      if (seen.get(node).contains(own) && !Rewriter.checked(node.operand(3 - side))) {
        return side;
      }
    }
    return 0;
  }

  /** Returns what a choice is made by; a single number is one under whatever shape. */
  private static Node condition(Node choice) {
    return source(choice.operand(0));
  }

  private static Node source(Node condition) {
    Node source = Rewriter.source(condition);
    return source.shape().count() == 1 ? source : condition;
  }

  /** Goes from the outputs, all of which are seen, to what they are made of. */
  private void look() {
    graph.outputs().forEach(output -> seen.put(output, Set.of()));
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      for (int operand = 0; operand < node.operands().size(); operand++) {
        seen.merge(node.operand(operand), of(node, operand), RepeatedChoices::both);
      }
    }
  }

  /** Adds a case, and those that it says as well: where(a, b, 0) holds where both do. */
  private static void add(Set<Case> cases, Case one) {
    cases.add(one);
    if (one.holds() && WhereRules.isConjunction(one.condition())) {
      add(cases, new Case(source(one.condition().operand(0)), true));
      add(cases, new Case(source(one.condition().operand(1)), true));
    }
  }

  private static Set<Case> both(Set<Case> a, Set<Case> b) {
    Set<Case> both = new HashSet<>(a);
    both.retainAll(b);
    return both;
  }

  /** Returns the cases in which a node lets an operand be seen. */
  private Set<Case> of(Node node, int operand) {
    Set<Case> cases = new HashSet<>(seen.get(node));
    if (node.op() instanceof Where && operand > 0) {
      add(cases, new Case(condition(node), operand == 1));
    }
    Shape shape = node.operand(operand).shape();
    cases.removeIf(one -> !keeps(node, shape, one.condition().shape()));
    return cases;
  }

  /**
   * Tells whether elements of an operand are seen in the case of their own places alone. Where
   * there is one condition for all places, anything goes that does not look at numbers itself, as
   * checks do, and what takes them for indices.
   */
  private static boolean keeps(Node node, Shape operand, Shape condition) {
    if (node.op() instanceof ElementwiseOp) {
      return IntStream.range(0, node.shape().rank())
          .allMatch(
              axis -> {
                int whole = fromEnd(node.shape(), axis);
                return fromEnd(operand, axis) == whole || fromEnd(condition, axis) == 1;
              });
    }
    return node.op() instanceof AxisFold || (node.op() instanceof Move && condition.count() == 1);
  }

  private static int fromEnd(Shape shape, int axis) {
    return axis < shape.rank() ? shape.get(shape.rank() - 1 - axis) : 1;
  }
}
