package io.lossmith.opencl.schedule;

import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.nest.Target;
import io.lossmith.opencl.schedule.Schedule.Launch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Passes over everything, and the small ones between them that add up what the first left. */
class LargePassTests {
  private static final int MOST_NESTS = 32;
  private static final int LARGE = 1 << 16;

  /** Numbers of which no work-group's share divides into parts that are written out. */
  private static final int AWKWARD = 509 * 256;

  private static List<List<Launch>> kernels(int pixels, boolean isProcessor) {
    return kernels(pixels, isProcessor, MOST_NESTS);
  }

  private static List<List<Launch>> kernels(int pixels, boolean isProcessor, int mostPasses) {
    Node x = input(0, 4, 8, pixels);
    Node y = input(1, 4, 8, pixels);
    Node dice = sum(mul(x, y), 2);
    Graph graph =
        Graph.of(List.of(x.shape(), y.shape()), List.of(sub(x, mul(y, mul(dice, total(exp(x)))))));
    assertThat(graph.outputs().get(0).shape()).isEqualTo(Shape.of(4, 8, pixels));
    Plan plan = Planner.plan(graph, PlanLimits.ofRegisters());
    Lowering lowering = new Lowering(graph, new Target(2, !isProcessor, isProcessor, nest -> true));
    Schedule whole = Schedule.of(plan, lowering);
    return KernelCuts.of(whole, MOST_NESTS, mostPasses, !isProcessor).kernels();
  }

  private static List<Nest> nests(List<Launch> kernel) {
    return kernel.stream().flatMap(launch -> launch.nests().stream()).toList();
  }

  /** So drivers make vector code of all, and what adds up needs no kernel of its own. */
  @Test
  void aProcessorAddsUpWithoutLoops() {
    List<List<Launch>> kernels = kernels(LARGE, true);
    assertThat(kernels).hasSize(1);
    assertThat(nests(kernels.get(0))).noneMatch(Nest::loops).hasSizeGreaterThan(3);
  }

  /** 17 times 29 times 256: what divides it is found among the larger numbers only. */
  @Test
  void moreIsWrittenOutWhereThatSparesALoop() {
    for (List<Launch> kernel : kernels(493 * 256, true)) {
      assertThat(nests(kernel)).noneMatch(Nest::loops);
    }
  }

  @Test
  void whatIsAddedUpAtATimeIsShort() {
    Set<Integer> lengths = new HashSet<>();
    for (Nest nest : nests(kernels(LARGE, true).get(0))) {
      if (nest.reads().stream().allMatch(region -> region.buffer() == null)) {
        lengths.add((int) nest.product(Nest.Role.UNROLLED));
      }
    }
    assertThat(lengths).contains(16).doesNotContain(64);
  }

  @Test
  void whatNeedsALoopIsApartFromLargePasses() {
    List<List<Launch>> kernels = kernels(AWKWARD, true);
    assertThat(kernels).hasSize(3);
    assertThat(nests(kernels.get(1))).noneMatch(nest -> isLarge(nest));
    assertThat(nests(kernels.get(1))).anyMatch(Nest::loops);
    for (List<Launch> kernel : kernels) {
      boolean hasLarge = nests(kernel).stream().anyMatch(nest -> isLarge(nest));
      assertThat(hasLarge && nests(kernel).stream().anyMatch(Nest::loops)).isFalse();
    }
  }

  private static boolean isLarge(Nest nest) {
    return nest.places() >= LARGE && nest.reads().stream().anyMatch(x -> x.buffer() != null);
  }

  @Test
  void aKernelWithALargePassHasOnlySoManyPasses() {
    int all = passes(kernels(LARGE, true).get(0));
    assertThat(all).isGreaterThan(3);
    for (int most = 1; most <= all; most++) {
      List<List<Launch>> kernels = kernels(LARGE, true, most);
      assertThat(kernels).hasSizeBetween((all + most - 1) / most, 2 * all / most);
      int limit = most;
      assertThat(kernels).allMatch(kernel -> passes(kernel) <= limit);
      assertThat(kernels.stream().mapToInt(LargePassTests::passes).sum()).isEqualTo(all);
    }
  }

  private static int passes(List<Launch> kernel) {
    return kernel.stream().mapToInt(launch -> launch.passes().size()).sum();
  }

  @Test
  void aCardTakesAllInOneKernel() {
    List<List<Launch>> kernels = kernels(LARGE, false);
    assertThat(kernels).hasSize(1);
    assertThat(nests(kernels.get(0))).anyMatch(Nest::loops);
  }

  /** One nest makes the rows of all sums shorter, whichever fold they belong to. */
  @Test
  void sumsOfOneLoopAreMadeShorterTogether() {
    Node x = input(0, 4 * LARGE);
    Node y = input(1, 4 * LARGE);
    Node many = total(mul(x, y));
    Graph one = Graph.of(List.of(x.shape(), y.shape()), List.of(many));
    Graph three =
        Graph.of(List.of(x.shape(), y.shape()), List.of(many, total(x), total(mul(y, y))));
    for (boolean loops : new boolean[] {false, true}) {
      assertThat(shortening(three, loops)).isEqualTo(shortening(one, loops)).isPositive();
    }
  }

  /** Returns how many nests there are beside the pass over everything and the last of each sum. */
  private static int shortening(Graph graph, boolean loops) {
    Plan plan = Planner.plan(graph, PlanLimits.ofRegisters());
    Schedule schedule =
        Schedule.of(plan, new Lowering(graph, new Target(2, loops, !loops, nest -> true)));
    return nests(schedule.launches()).size() - 1 - graph.outputs().size();
  }
}
