package io.lossmith.opencl.nest;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import io.lossmith.opencl.nest.Nest.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How loops of a plan are written out, by what a method of a kernel can hold. */
class LoweringTests {
  private static final int CLASSES = 5;

  /** A value at each class times a sum over the classes. */
  private static List<Nest> nests(Predicate<Nest> fits) {
    Shape shape = Shape.of(CLASSES, 3000);
    Node e = exp(input(0, CLASSES, 3000));
    Graph graph = Graph.of(List.of(shape), List.of(mul(e, sum(e, 0))));
    Plan plan = Planner.plan(graph, PlanLimits.ofRegisters());
    Lowering lowering = new Lowering(graph, new Target(2, false, true, fits));
    List<Nest> nests = new ArrayList<>();
    for (Step step : plan.steps()) {
      nests.addAll(lowering.nests((Step.Loop) step));
    }
    return nests;
  }

  @Test
  void fewRowsAreWrittenOut() {
    List<Nest> nests = nests(nest -> true);
    assertThat(nests).hasSize(1);
    assertThat(nests.get(0).product(Role.UNROLLED)).isEqualTo(CLASSES);
  }

  @Test
  void rowsThatNoMethodHoldsAreFoldedInANestOfTheirOwn() {
    List<Nest> nests = nests(nest -> !nest.has(Role.UNROLLED));
    assertThat(nests).hasSize(2);
    assertThat(nests.get(0).product(Role.SERIAL)).isEqualTo(CLASSES);
    assertThat(nests.get(1).reads()).containsAll(nests.get(0).writes());
  }

  /** Of a fold of 54 with much code at each place a method cannot hold all, and a loop can. */
  @Test
  void aSmallFoldThatIsTooLongToBeWrittenOutIsALoop() {
    Node x = input(0, 9, 6, 1);
    Graph graph = Graph.of(List.of(x.shape()), List.of(sum(mul(exp(x), x), 0, 1)));
    Plan plan = Planner.plan(graph, PlanLimits.ofRegisters());
    for (boolean isLong : new boolean[] {false, true}) {
      Predicate<Nest> fits = nest -> !isLong || nest.product(Role.UNROLLED) < 54;
      Lowering lowering = new Lowering(graph, new Target(2, false, true, fits));
      List<Nest> nests = lowering.nests((Step.Loop) plan.steps().get(0));
      assertThat(nests).hasSize(1);
      assertThat(nests.get(0).has(Role.SERIAL)).isEqualTo(isLong);
    }
  }

  @Test
  void aLoopOfWhichNothingFitsIsAnError() {
    assertThatThrownBy(() -> nests(nest -> false))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("opencl: a pass of the program over [")
        .hasMessageEndingWith("is too long for one kernel, must be shorter; use the engine cpu");
  }
}
