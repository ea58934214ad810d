package io.lossmith.core.engine.cpu;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.flip;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.AsReference;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.tile.TileCompiler;
import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which results of passes lie where their operands lay, and that this changes no number. */
class OverwritesTests {
  private static final Shape SHAPE = Shape.of(40, 40);

  private final Node x = input(0, 40, 40);

  /** An operation on the whole array: what it reads and makes lies in memory. */
  private static Node whole(Node node) {
    return of(new CumulativeSum(1, false, false), node);
  }

  /** Compiles and runs a graph, compares, and returns how many arrays it needs. */
  private int arrays(Node... outputs) {
    Graph graph = Graph.of(List.of(SHAPE), List.of(outputs));
    AsReference.check(graph);
    Plan plan = Planner.plan(graph, PlanLimits.ofTiles());
    List<TileProgram> loops =
        plan.steps().stream()
            .filter(Step.Loop.class::isInstance)
            .map(step -> TileCompiler.compile((Step.Loop) step, Fusions.ALL, 8))
            .toList();
    return Memory.of(plan, loops).sizes().size();
  }

  @Test
  void aResultLiesWhereItsOperandLay() {
    Node sums = whole(x);
    assertThat(arrays(whole(add(of(Unary.TANH, sums), scalar(1))))).isEqualTo(1);
  }

  @Test
  void aResultLiesWhereTheLastReadOfSeveralOperandsLay() {
    Node first = whole(x);
    Node second = whole(exp(x));
    assertThat(arrays(whole(mul(first, second)))).isLessThanOrEqualTo(3);
  }

  @Test
  void whatIsReadAfterTheResultIsWrittenStays() {
    Node sums = whole(x);
    Node one = whole(sigmoid(sums));
    Node other = whole(of(Unary.TANH, sums));
    assertThat(arrays(one, other)).isEqualTo(2);
  }

  @Test
  void whatALaterStepReadsStays() {
    Node sums = whole(x);
    Node next = whole(sigmoid(sums));
    assertThat(arrays(whole(add(whole(next), sums)))).isGreaterThan(1);
  }

  @Test
  void whatIsReadElsewhereStays() {
    Node sums = whole(x);
    assertThat(arrays(whole(add(sums, flip(sums, 1))))).isEqualTo(2);
    assertThat(arrays(whole(add(sums, permute(sums, 1, 0))))).isEqualTo(2);
    assertThat(arrays(whole(sigmoid(permute(sums, 1, 0))))).isEqualTo(2);
  }

  @Test
  void whatAnOutputIsWrittenOverLiesThere() {
    Node sums = whole(x);
    assertThat(arrays(sigmoid(sums))).isZero();
    assertThat(arrays(sigmoid(sums), exp(sums))).isZero();
    assertThat(arrays(add(whole(x), scalar(1)), add(whole(mul(x, x)), scalar(2)))).isEqualTo(1);
  }

  @Test
  void whatIsNeededBesideAnOutputDoesNotLieThere() {
    Node sums = whole(x);
    assertThat(arrays(add(sums, flip(sums, 1)))).isEqualTo(1);
    assertThat(arrays(sigmoid(sums), whole(add(sums, scalar(1))))).isGreaterThan(0);
    assertThat(arrays(add(sums, whole(sigmoid(sums))))).isEqualTo(2);
  }

  @Test
  void aResultThatIsReadTwiceIsWhatItWas() {
    Node sums = whole(x);
    Node doubled = mul(sums, scalar(2));
    assertThat(arrays(whole(doubled), add(doubled, sigmoid(sums)))).isLessThanOrEqualTo(2);
  }
}
