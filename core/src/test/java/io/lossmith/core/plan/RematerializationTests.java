package io.lossmith.core.plan;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.slice;
import static io.lossmith.core.graph.Nodes.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.AsReference;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.CumulativeSum;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is computed from a node in the pass that writes it. */
class RematerializationTests {
  private static final Shape SHAPE = Shape.of(2, 3, 100);

  private final Node x = input(0, SHAPE.toArray());
  private final Node y = input(1, SHAPE.toArray());
  private final Node stored = exp(x);

  /** Runs over all of the node, which therefore has to be in memory. */
  private final Node whole = Node.of(new CumulativeSum(2, false, false), List.of(stored), null);

  private static long loops(Node... outputs) {
    Graph graph = Graph.of(List.of(SHAPE, SHAPE), List.of(outputs));
    AsReference.check(graph);
    return Planner.plan(graph, PlanLimits.ofTiles()).steps().stream()
        .filter(s -> s instanceof Step.Loop)
        .count();
  }

  @Test
  void aSumGoesWithThePassThatWritesWhatItReads() {
    assertThat(loops(whole, sum(mul(stored, y)))).isEqualTo(1);
    assertThat(loops(whole, sum(mul(stored, y), 2), sum(exp(stored), 2))).isEqualTo(1);
  }

  @Test
  void whatIsReadInAnotherOrderIsReadLater() {
    Node front = slice(stored, 1, 0, 2);
    assertThat(loops(whole, sum(mul(front, slice(stored, 1, 1, 3))))).isEqualTo(2);
  }

  @Test
  void whatNeedsMoreThanIsThereYetIsReadLater() {
    assertThat(loops(whole, sum(mul(stored, sum(stored))))).isEqualTo(2);
  }
}
