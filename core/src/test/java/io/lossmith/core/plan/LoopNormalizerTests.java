package io.lossmith.core.plan;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.flip;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.AsReference;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which axes a loop has in the end. */
class LoopNormalizerTests {
  private static final Shape SHAPE = Shape.of(20, 30, 50);

  private final Node x = input(0, 20, 30, 50);

  /** Returns the only loop of a graph of arrays of these shapes. */
  private static Step.Loop loop(Node output, Shape... inputs) {
    Graph graph = Graph.of(List.of(inputs), List.of(output));
    AsReference.check(graph);
    List<Step> steps = Planner.plan(graph, PlanLimits.ofTiles()).steps();
    assertThat(steps).hasSize(1);
    return (Step.Loop) steps.get(0);
  }

  private static List<Integer> inner(Step.Loop loop) {
    List<Integer> inner = new ArrayList<>();
    for (int axis = 0; axis < loop.sizes().length; axis++) {
      if (loop.inner()[axis]) {
        inner.add(loop.sizes()[axis]);
      }
    }
    return inner;
  }

  @Test
  void axesThatAllWalkAlikeAreOne() {
    assertThat(loop(exp(x), SHAPE).sizes()).containsExactly(20 * 30 * 50, 1);
  }

  @Test
  void anAxisThatIsRepeatedStaysAlone() {
    Node row = input(1, 20, 1, 50);
    assertThat(loop(add(x, row), SHAPE, Shape.of(20, 1, 50)).sizes())
        .containsExactly(20, 30, 50, 1);
    Node last = input(1, 20, 1, 1);
    assertThat(loop(add(x, last), SHAPE, Shape.of(20, 1, 1)).sizes())
        .containsExactly(20, 30 * 50, 1);
  }

  @Test
  void axesThatAreWalkedBackwardsTogetherAreOne() {
    assertThat(loop(exp(flip(x, 0, 1, 2)), SHAPE).sizes()).containsExactly(20 * 30 * 50, 1);
    assertThat(loop(exp(flip(x, 2)), SHAPE).sizes()).containsExactly(20 * 30, 50, 1);
  }

  @Test
  void axesThatLieInsideEachOtherAreOneInAnyOrder() {
    Step.Loop loop = loop(exp(permute(x, 2, 0, 1)), SHAPE);
    assertThat(loop.sizes()).containsExactlyInAnyOrder(50, 20 * 30, 1);
  }

  @Test
  void whatIsFoldedIsNotMergedWithWhatIsNot() {
    Step.Loop loop = loop(sum(x, 1, 2), SHAPE);
    assertThat(loop.sizes()).containsExactly(20, 30 * 50, 1);
    assertThat(loop.roots().get(0).folded()).containsExactly(false, true, true);
  }

  @Test
  void innerAxesStayApartFromTheOthers() {
    Node classes = input(0, 3, 4, 5000);
    Step.Loop loop = loop(sub(classes, max(classes, 0, 1)), classes.shape());
    assertThat(inner(loop)).containsExactly(12);
    Node both = add(classes, input(1, 1, 4, 1));
    Step.Loop apart = loop(sub(both, max(both, 0, 1)), classes.shape(), Shape.of(1, 4, 1));
    assertThat(inner(apart)).containsExactly(3, 4);
  }

  @Test
  void theLastAxisHasOnePlace() {
    for (Node node : List.of(exp(x), sum(x, 0), sub(x, max(x, 1)))) {
      Step.Loop loop = loop(node, SHAPE);
      assertThat(loop.sizes()[loop.sizes().length - 1]).isEqualTo(1);
    }
  }
}
