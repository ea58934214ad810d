package io.lossmith.core.plan;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Unary;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan writes down for later passes. */
class SpillsTests {
  private static final int PIXELS = 1000;

  /** A softmax whose sums over pixels are needed before what is written for each element. */
  private static Plan softmax(int classes) {
    return softmax(classes, PlanLimits.ofTiles());
  }

  private static Plan softmax(int classes, PlanLimits limits) {
    Node x = input(0, 2, classes, PIXELS);
    Node e = exp(sub(x, max(x, 1)));
    Node p = mul(e, of(Unary.RECIPROCAL, sum(e, 1)));
    Node shares = sum(p, 2);
    return Planner.plan(Graph.of(List.of(x.shape()), List.of(mul(p, exp(shares)))), limits);
  }

  private static List<Step.Loop> loops(Plan plan) {
    return plan.steps().stream().map(Step.Loop.class::cast).toList();
  }

  private static Stream<LoopValue> folds(Step.Loop loop) {
    return Values.of(loop).stream().filter(v -> v.op() instanceof AxisFold);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 21})
  void foldsOverManyClassesAreReadBack(int classes) {
    List<Step.Loop> loops = loops(softmax(classes));
    assertThat(folds(loops.get(0))).hasSize(2);
    assertThat(loops.stream().skip(1).flatMap(SpillsTests::folds)).isEmpty();
    List<Shape> kept =
        loops.get(0).writes().stream()
            .map(Buffer::shape)
            .filter(shape -> shape.count() == 2 * PIXELS)
            .toList();
    assertThat(kept).as("largest logits and reciprocal sums").hasSize(2);
  }

  @Test
  void foldsOverFewClassesAreDoneAgain() {
    List<Step.Loop> loops = loops(softmax(3));
    assertThat(folds(loops.get(loops.size() - 1))).hasSize(2);
    assertThat(loops.get(0).writes()).noneMatch(b -> b.shape().count() == 2 * PIXELS);
  }

  @Test
  void slowFunctionsAreReadBack() {
    List<Step.Loop> loops = loops(softmax(3, PlanLimits.ofTilesWithSlowFunctions()));
    Shape whole = Shape.of(2, 3, PIXELS);
    assertThat(loops.get(0).writes()).as("powers of e").anyMatch(b -> b.shape().equals(whole));
    assertThat(loops.get(loops.size() - 1).reads()).noneMatch(b -> b.kind() == Buffer.Kind.INPUT);
  }
}
