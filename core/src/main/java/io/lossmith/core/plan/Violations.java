package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Identity;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.ValueRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The nodes that count what breaks the checks of a graph: each a sum over all that is checked, so
 * that it goes with whatever loop reads the same.
 */
final class Violations {
  private record Demand(Node on, ValueRange range) {}

  private Violations() {}

  /**
   * Returns a node for each check, in their order. Equal demands on the same node are counted once.
   */
  static List<Node> of(Graph graph) {
    Map<Demand, Node> made = new HashMap<>();
    List<Node> counts = new ArrayList<>();
    for (Node check : graph.checks()) {
      Demand demand = new Demand(checked(check), ((Check) check.op()).range());
      counts.add(made.computeIfAbsent(demand, d -> count(d, check)));
    }
    return counts;
  }

  /** Returns what a check, and others behind it, are the identity of. */
  private static Node checked(Node check) {
    Node found = check;
    while (found.op() instanceof Identity) {
      found = found.operand(0);
    }
    return found;
  }

  private static Node count(Demand demand, Node check) {
    Node on = demand.on;
    if (on.shape().rank() == 0) { // a fold needs an axis
      on = Node.of(new Move.Reshape(Shape.of(1)), List.of(on), check.where());
    }
    Node out = Node.of(new OutOfRange(demand.range), List.of(on), check.where());
    List<Integer> all = IntStream.range(0, on.shape().rank()).boxed().toList();
    return Node.of(new AxisFold(Fold.SUM, all), List.of(out), check.where());
  }
}
