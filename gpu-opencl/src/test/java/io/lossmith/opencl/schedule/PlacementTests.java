package io.lossmith.opencl.schedule;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.MemoryRegion;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.nest.Target;
import io.lossmith.opencl.schedule.Placement.Transfer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When nests run, and in which arrays their numbers lie. */
class PlacementTests {
  private static final int SMALL = 1000;
  private static final int LARGE = 100_000;

  /** x − Σx, and x + y: the sum comes first, the rest is one pass. */
  private static final class Example {
    final Schedule schedule;
    final Placement placement;

    Example(int count) {
      Node x = input(0, count);
      Node y = input(1, count);
      Shape shape = Shape.of(count);
      Graph graph =
          Graph.of(
              List.of(shape, shape),
              List.of(sub(x, total(mul(x, x))), add(x, y), total(mul(x, y))));
      Plan plan = Planner.plan(graph, PlanLimits.ofRegisters());
      Lowering lowering = new Lowering(graph, new Target(2, false, true, nest -> true));
      schedule = Schedule.of(plan, lowering);
      placement = Placement.of(plan, schedule, lowering);
    }

    List<Integer> lengths(Transfer transfer) {
      return placement.arrays().stream()
          .filter(array -> array.transfer() == transfer)
          .map(Placement.Array::length)
          .toList();
    }
  }

  @Test
  void whatIsReadIsComputedInAnEarlierPass() {
    Schedule schedule = new Example(LARGE).schedule;
    assertThat(schedule.launches()).hasSize(1);
    List<List<Nest>> passes = schedule.launches().get(0).passes();
    assertThat(passes).hasSizeGreaterThan(1);
    for (int pass = 0; pass < passes.size(); pass++) {
      for (Nest nest : passes.get(pass)) {
        for (List<Nest> later : passes.subList(pass, passes.size())) {
          later.forEach(
              other -> assertThat(nest.reads()).doesNotContainAnyElementsOf(other.writes()));
        }
      }
    }
  }

  @Test
  void smallInputsShareAnArray() {
    assertThat(new Example(SMALL).lengths(Transfer.UP)).containsExactly(2 * SMALL);
  }

  @Test
  void largeInputsAndOutputsHaveArraysOfTheirOwn() {
    Example example = new Example(LARGE);
    assertThat(example.lengths(Transfer.UP)).containsExactly(LARGE, LARGE);
    assertThat(example.lengths(Transfer.DOWN)).containsExactlyInAnyOrder(LARGE, LARGE, 1);
  }

  @Test
  void whatOnlyTheDeviceReadsStaysThere() {
    assertThat(new Example(SMALL).lengths(Transfer.SCRATCH)).hasSize(1);
  }

  @Test
  void numbersThatShareAnArrayDoNotOverlap() {
    Example example = new Example(SMALL);
    Set<MemoryRegion> written = new LinkedHashSet<>();
    example.schedule.launches().get(0).nests().forEach(nest -> written.addAll(nest.writes()));
    assertThat(written).hasSizeGreaterThan(3);
    for (MemoryRegion one : written) {
      for (MemoryRegion other : written) {
        assertThat(one != other && overlap(example.placement, one, other)).isFalse();
      }
    }
  }

  private static boolean overlap(Placement placement, MemoryRegion one, MemoryRegion other) {
    Placement.Slot a = placement.slot(one);
    Placement.Slot b = placement.slot(other);
    return a.field().equals(b.field())
        && a.offset() < b.offset() + other.count()
        && b.offset() < a.offset() + one.count();
  }
}
