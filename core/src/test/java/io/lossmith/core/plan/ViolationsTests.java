package io.lossmith.core.plan;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.check;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.slice;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.OutOfRange;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the checks of a graph cost in its plan: a sum in a loop that is there anyway. */
class ViolationsTests {
  private static final Shape SHAPE = Shape.of(2, 4, 3000);

  private final Node x = input(0, SHAPE.toArray());
  private final Node y = input(1, SHAPE.toArray());

  private static Plan plan(Node... outputs) {
    return Planner.plan(Graph.of(List.of(SHAPE, SHAPE), List.of(outputs)), PlanLimits.ofTiles());
  }

  private static List<LoopOutput> counts(Plan plan) {
    return plan.steps().stream()
        .filter(Step.Loop.class::isInstance)
        .flatMap(step -> ((Step.Loop) step).roots().stream())
        .filter(root -> root.value().op() instanceof OutOfRange)
        .toList();
  }

  /** Fails unless the first formula, with a check in it, takes no more steps than the second. */
  private static void assertFree(Node checked, Node unchecked) {
    Plan plan = plan(checked);
    assertThat(plan.steps()).hasSameSizeAs(plan(unchecked).steps());
    assertThat(counts(plan)).hasSize(1);
    assertThat(plan.checks())
        .containsExactly(counts(plan).get(0).destination().buffer())
        .allMatch(buffer -> buffer.shape().count() == 1);
  }

  @Test
  void aCheckAddsNoPassOfItsOwn() {
    assertFree(total(mul(check("x", x, 0, 1), y)), total(mul(x, y)));
    assertFree(exp(check("x", x, 0, 1)), exp(x));
    assertFree(total(check("p", sigmoid(x), 0, 1)), total(sigmoid(x)));
    assertFree(sum(check("x", x, 0, 1), 2), sum(x, 2));
    assertFree(check("x", x, 0, 1), x);
  }

  @Test
  void aCheckOfWhatIsMovedAddsNone() {
    Node turned = permute(x, 1, 0, 2);
    assertFree(total(exp(check("x", turned, 0, 1))), total(exp(turned)));
    Node part = slice(x, 1, 1, 3);
    assertFree(total(exp(check("x", part, 0, 1))), total(exp(part)));
  }

  @Test
  void aCheckWithinASoftmaxAddsNone() {
    Node e = exp(sub(x, max(x, 1)));
    assertFree(
        total(mul(sum(e, 1), max(check("y", y, 0, 1), 1))), total(mul(sum(e, 1), max(y, 1))));
  }

  @Test
  void equalDemandsOnOneNodeAreCountedOnce() {
    Node a = check("a", x, 0, 1);
    Plan plan = plan(total(add(check("b", a, 0, 1), check("c", x, 0, 1))));
    assertThat(counts(plan)).hasSize(1);
    assertThat(plan.checks()).hasSize(3).containsOnly(plan.checks().get(0));
    assertThat(counts(plan(total(check("b", a, 0, 2))))).hasSize(2);
  }

  @Test
  void aCountKnowsTheLineOfItsCheck() {
    StackTraceElement line = new StackTraceElement("Mine", "loss", "Mine.java", 7);
    Node check = Node.of(check("x", x, 0, 1).op(), List.of(x), line);
    LoopOutput count = counts(plan(total(exp(check)))).get(0);
    assertThat(Objects.requireNonNull(count.value().node()).where()).isEqualTo(line);
  }

  @Test
  void whatHasNoAxesIsCountedToo() {
    Plan plan = plan(check("x", total(x), 0, 1), check("seven", scalar(7), 0, 1));
    assertThat(counts(plan)).hasSize(2);
  }
}
