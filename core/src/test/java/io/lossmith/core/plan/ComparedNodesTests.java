package io.lossmith.core.plan;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.equal;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.flip;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.less;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.sub;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an engine without equal bits writes to memory because it is compared with itself. */
class ComparedNodesTests {
  private static final Shape SHAPE = Shape.of(20, 4);

  private final Node x = input(0, SHAPE.toArray());
  private final Node y = sigmoid(exp(x));

  private static Set<Node> stored(Node output) {
    return ComparedNodes.of(Graph.of(List.of(SHAPE), List.of(output))).keySet();
  }

  @Test
  void whatIsComparedWithAFoldOfItself() {
    assertThat(stored(mul(equal(y, max(y, 1)), y))).containsExactly(y);
  }

  @Test
  void whatIsComparedWithItselfInAnotherOrder() {
    assertThat(stored(less(y, flip(y, 0)))).containsExactly(y);
    assertThat(stored(less(sub(y, flip(y, 0)), scalar(0)))).containsExactly(y);
  }

  @Test
  void onlyTheLastOfWhatBothSidesAreMadeOf() {
    Node a = add(y, scalar(1));
    assertThat(stored(equal(a, exp(max(a, 1))))).containsExactly(a);
  }

  @Test
  void nothingThatIsComparedWithSomethingElse() {
    assertThat(stored(less(y, x))).isEmpty();
    assertThat(stored(less(y, scalar(0.5)))).isEmpty();
    assertThat(stored(mul(y, max(y, 1)))).isEmpty();
  }

  @Test
  void anEngineWithEqualBitsComputesItAgain() {
    Graph graph = Graph.of(List.of(SHAPE), List.of(mul(equal(y, max(y, 1)), y)));
    assertThat(temporaries(Planner.plan(graph, PlanLimits.ofTiles()))).isZero();
    assertThat(temporaries(Planner.plan(graph, PlanLimits.ofRegisters()))).isEqualTo(1);
  }

  private static long temporaries(Plan plan) {
    return plan.buffers().stream().filter(b -> b.reason() == Reason.COMPARED).count();
  }
}
