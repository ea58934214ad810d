package io.lossmith.opencl.kernel;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.nest.Target;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What one method of a kernel can hold. */
class KernelWriterTests {
  private static final int COUNT = 300;

  /** A sum of so many values. */
  private static Node sum(int terms, IntFunction<Node> term) {
    List<Node> level = new ArrayList<>();
    for (int i = 0; i < terms; i++) {
      level.add(term.apply(i));
    }
    while (level.size() > 1) {
      List<Node> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        next.add(i + 1 < level.size() ? add(level.get(i), level.get(i + 1)) : level.get(i));
      }
      level = next;
    }
    return level.get(0);
  }

  /** The values are needed for two sums, so all are held at a time. */
  private static Graph heldTwice(int values) {
    Node[] all = new Node[values];
    for (int i = 0; i < values; i++) {
      all[i] = exp(mul(input(0, COUNT), scalar(0.5 + i)));
    }
    return graph(sum(values, i -> all[i]), sum(values, i -> mul(all[i], all[i])));
  }

  private static Graph ofLength(int terms) {
    return graph(sum(terms, i -> exp(mul(input(0, COUNT), scalar(0.5 + i)))));
  }

  private static Graph graph(Node... outputs) {
    return Graph.of(List.of(Shape.of(COUNT)), List.of(outputs));
  }

  /** Returns what a nest that takes all there is to compute would be written as. */
  private static Written written(Graph graph) {
    Plan plan = Planner.plan(graph, PlanLimits.ofRegisters());
    Lowering lowering = new Lowering(graph, new Target(2, false, true, nest -> true));
    Schedule schedule = Schedule.of(plan, lowering);
    List<Nest> nests = schedule.launches().get(0).nests();
    assertThat(nests).hasSize(1);
    return new Written(nests.get(0), schedule, Placement.of(plan, schedule, lowering));
  }

  private record Written(Nest nest, Schedule schedule, Placement placement) {
    boolean fits() {
      return KernelWriter.fits(nest);
    }

    byte[] bytes() {
      return KernelWriter.write("Kernel", schedule.launches(), placement);
    }
  }

  @Test
  void asManyValuesFitAsThereAreVariables() {
    assertThat(written(heldTwice(230)).fits()).isTrue();
    assertThat(written(heldTwice(230)).bytes()).isNotEmpty();
    Written tooMany = written(heldTwice(256));
    assertThat(tooMany.fits()).isFalse();
    assertThatThrownBy(tooMany::bytes)
        .isInstanceOf(MethodCode.TooLong.class)
        .hasMessage("too many values at once");
  }

  /** What is said to fit is never too long for a class file. */
  @Test
  void asManyInstructionsFitAsAMethodMayHave() {
    int longest = 0;
    for (int terms : new int[] {1000, 3000, 4000, 5000, 6000}) {
      Written written = written(ofLength(terms));
      if (written.fits()) {
        longest = terms;
        assertThat(written.bytes()).hasSizeGreaterThan(6 * terms);
      }
    }
    assertThat(longest).isBetween(3000, 5000);
    Written tooLong = written(ofLength(6000));
    assertThatThrownBy(tooLong::bytes)
        .isInstanceOf(MethodCode.TooLong.class)
        .hasMessage("too many instructions");
  }
}
