package io.lossmith.opencl.kernel;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Sample;
import io.lossmith.core.engine.Samples;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Simplifier;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.nest.Target;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Schedule;
import io.lossmith.opencl.schedule.Schedule.Launch;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No item of a kernel reads or writes beyond an array. */
class IndexTests {
  private static final int WIDE_MOST = 600_000;

  private int number;

  @Test
  void ofTheSamples() throws ReflectiveOperationException {
    for (Sample sample : Samples.all()) {
      requireInside(sample.graph(), 2, false);
      requireInside(sample.graph(), 2, true);
    }
  }

  /** Many partial results are a multiple of 256, so that some items have nothing to do. */
  @ParameterizedTest
  @CsvSource({
    "1, 2621440, 1",
    "1, 2625536, 1",
    "1, 2621441, 1",
    "1, 163840, 40",
    "3, 163840, 40",
    "640, 256, 40",
    "2, 5242880, 1",
    "7, 131072, 20",
    "5, 655360, 4"
  })
  void ofLargeFolds(int rows, int columns, int steps) throws ReflectiveOperationException {
    requireInside(folds(rows, columns, steps), 2, false);
    requireInside(folds(rows, columns, steps), 2, true);
  }

  @Property(tries = 60)
  void ofFoldsOfAnySize(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = WIDE_MOST) int columns,
      @ForAll @IntRange(min = 1, max = 40) int steps,
      @ForAll @IntRange(min = 1, max = 150) int units,
      @ForAll boolean loops)
      throws ReflectiveOperationException {
    int wide = Math.max(1, Math.min(columns, 2 * WIDE_MOST / rows));
    requireInside(folds(rows, wide, steps), units, loops);
    requireInside(folds(rows, Math.max(256, wide / 256 * 256), steps), units, loops);
  }

  private static Graph folds(int rows, int columns, int steps) {
    Shape shape = Shape.of(rows, columns);
    Node x = input(0, rows, columns);
    Node y = x;
    for (int i = 0; i < steps; i++) {
      y = add(mul(y, scalar(0.5 + i)), x);
    }
    return Graph.of(List.of(shape), List.of(total(y), sum(y, 0), sum(mul(y, y), 1)));
  }

  private void requireInside(Graph graph, int units, boolean loops)
      throws ReflectiveOperationException {
    requireInside(graph, new Target(units, loops, false, KernelWriter::fits));
    if (!loops) {
      requireInside(graph, new Target(units, false, true, KernelWriter::fits));
    }
  }

  private void requireInside(Graph graph, Target target) throws ReflectiveOperationException {
    Graph simple = Simplifier.simplify(graph);
    Plan plan = Planner.plan(simple, PlanLimits.ofRegisters());
    Lowering lowering = new Lowering(simple, target);
    Schedule schedule = Schedule.of(plan, lowering);
    Placement placement = Placement.of(plan, schedule, lowering);
    for (List<Launch> launches : schedule.kernels()) {
      run(launches, placement, simple);
    }
  }

  private void run(List<Launch> launches, Placement placement, Graph graph)
      throws ReflectiveOperationException {
    String name = FusedKernel.class.getPackageName() + ".OnJvm" + number++;
    byte[] type = JavaKernel.forJvm(KernelWriter.write(name, launches, placement));
    JavaKernel kernel =
        KernelLoader.load(name, type)
            .asSubclass(JavaKernel.class)
            .getDeclaredConstructor()
            .newInstance();
    for (Placement.Array array : placement.arrays(launches.get(0).kernel())) {
      kernel.getClass().getField(array.field()).set(kernel, new float[array.length()]);
    }
    int pass = 0;
    for (Launch launch : launches) {
      for (int i = 0; i < launch.passes().size(); i++) {
        int at = pass++;
        assertThatCode(() -> kernel.runAll(at, launch.groups() * Nest.LANES))
            .as(() -> "pass " + at + " of " + graph)
            .doesNotThrowAnyException();
      }
    }
  }
}
