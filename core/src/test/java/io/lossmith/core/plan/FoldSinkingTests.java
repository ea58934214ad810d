package io.lossmith.core.plan;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.AsReference;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.CumulativeSum;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which folds wait for a pass that comes later, and which moves do not need one of their own. */
class FoldSinkingTests {
  private static final Shape SHAPE = Shape.of(3, 4, 5000);

  private final Node x = input(0, SHAPE.toArray());
  private final Node y = input(1, SHAPE.toArray());

  /** Runs over all of the node, which therefore has to be in memory. */
  private static Node whole(Node node) {
    return Node.of(new CumulativeSum(2, false, false), List.of(node), null);
  }

  /** Returns how many passes go through large arrays. */
  private static long passes(Node... outputs) {
    Graph graph = Graph.of(List.of(SHAPE, SHAPE), List.of(outputs));
    AsReference.check(graph);
    return Planner.plan(graph, PlanLimits.ofTiles()).steps().stream()
        .filter(Step.Loop.class::isInstance)
        .map(step -> (Step.Loop) step)
        .filter(loop -> Arrays.stream(loop.sizes()).reduce(1, (a, b) -> a * b) > 1000)
        .count();
  }

  /** A number for which a fold has to be there, and another small pass. */
  private static Node late(Node node) {
    return sigmoid(total(sigmoid(total(node))));
  }

  @Test
  void aFoldWaitsForAPassOverTheSameArrays() {
    Node sums = whole(x);
    assertThat(passes(total(mul(sums, y)), mul(sums, late(x)))).isEqualTo(2);
  }

  @Test
  void aFoldThatIsNeededDoesNotWait() {
    Node sums = whole(x);
    Node fold = total(mul(sums, y));
    assertThat(passes(fold, mul(sums, add(late(x), sigmoid(fold))))).isEqualTo(3);
  }

  @Test
  void aFoldStaysWithThePassThatReadsItsArraysFirst() {
    Node sums = whole(x);
    assertThat(passes(total(mul(sums, y)), exp(sums), mul(sums, late(x)))).isEqualTo(3);
  }

  @Test
  void whatIsLaidOutInAnotherOrderIsWrittenSoAtOnce() {
    Node computed = mul(sigmoid(x), y);
    Node turned = whole(permute(computed, 1, 0, 2));
    assertThat(passes(turned)).isEqualTo(1);
    assertThat(passes(turned, total(add(permute(computed, 1, 0, 2), scalar(1))))).isEqualTo(1);
  }
}
