package io.lossmith.core.plan;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.AsReference;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where tiles hold all of an axis although nothing is folded along it. */
class LoopAxesTests {
  private static final int PIXELS = 5000;

  /** Returns the sizes of the axes that tiles of the only pass hold. */
  private static List<Integer> rows(int classes, Shape other, boolean computed) {
    Shape shape = Shape.of(3, classes, PIXELS);
    Node x = input(0, shape.toArray());
    Node y = input(1, other.toArray());
    Node output = mul(exp(x), computed ? sigmoid(y) : y);
    Graph graph = Graph.of(List.of(shape, other), List.of(output));
    AsReference.check(graph);
    List<Step> steps = Planner.plan(graph, PlanLimits.ofTiles()).steps();
    Step.Loop loop = (Step.Loop) steps.get(steps.size() - 1);
    return IntStream.range(0, loop.sizes().length)
        .filter(axis -> LoopAxes.of(loop, 64).held()[axis])
        .mapToObj(axis -> loop.sizes()[axis])
        .toList();
  }

  @Test
  void whatIsComputedForAPixelIsComputedOnceForAllClasses() {
    assertThat(rows(8, Shape.of(3, 1, PIXELS), true)).containsExactly(8);
  }

  @Test
  void whatIsOnlyReadIsReadAgain() {
    assertThat(rows(8, Shape.of(3, 1, PIXELS), false)).isEmpty();
  }

  @Test
  void whatDiffersEverywhereNeedsNoRows() {
    assertThat(rows(8, Shape.of(3, 8, PIXELS), true)).isEmpty();
  }

  /** Returns the size of the axis that tiles go along in the first pass. */
  private static int column(Node output, Shape... inputs) {
    Graph graph = Graph.of(List.of(inputs), List.of(output));
    Step.Loop loop = (Step.Loop) Planner.plan(graph, PlanLimits.ofTiles()).steps().get(0);
    return loop.sizes()[LoopAxes.of(loop, 64).column()];
  }

  @Test
  void tilesGoAlongTheAxisThatMostIsContiguousOn() {
    Shape shape = Shape.of(300, 200);
    Node x = input(0, 300, 200);
    Node turned = permute(input(1, 200, 300), 1, 0);
    assertThat(column(mul(x, turned), shape, Shape.of(200, 300))).isEqualTo(200);
  }

  @Test
  void everyFoldFoldsTheAxisThatTilesGoAlong() {
    Node x = input(0, PIXELS, PIXELS + 1);
    Shape shape = x.shape();
    assertThat(column(sum(x, 0), shape)).isEqualTo(PIXELS);
    assertThat(column(sum(x, 1), shape)).isEqualTo(PIXELS + 1);
  }

  @Test
  void whatIsFoldedInPlaceIsHeld() {
    Node x = input(0, 3, 8, PIXELS);
    assertThat(column(sub(x, max(x, 1)), Shape.of(3, 8, PIXELS))).isEqualTo(PIXELS);
  }

  @Test
  void aTileHoldsNoMoreThanItHasRoomFor() {
    assertThat(rows(100, Shape.of(3, 1, PIXELS), true)).isEmpty();
  }
}
