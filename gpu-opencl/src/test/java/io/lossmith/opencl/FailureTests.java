package io.lossmith.opencl;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aparapi.device.OpenCLDevice;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be done is said, by us, and never done elsewhere in silence. */
@NeedsDevice
class FailureTests {
  /** A kernel that nobody can translate: there are no objects on a device. */
  public static final class Broken extends FusedKernel {
    public int first;
    public float[] down;
    public float[] up;

    @Override
    public void run() {
      requireDevice();
      down[0] = new Object().hashCode();
    }
  }

  private static final Graph SMALL =
      Graph.of(List.of(Shape.of(3)), List.of(exp(input(0, 3)), total(input(0, 3))));

  @Test
  void aKernelThatDidNotRunOnTheDeviceIsAnError() {
    Plan plan = Planner.plan(SMALL, PlanLimits.ofTiles());
    Lowering lowering = new Lowering(SMALL, 2);
    Schedule schedule = Schedule.of(plan, lowering);
    Placement placement = Placement.of(plan, schedule, lowering);
    Device device = Devices.here().preferred();
    DeviceKernel kernel = new DeviceKernel(Broken.class, device, placement);
    kernel.bind("up", new float[3]);
    kernel.bind("down", new float[4]);
    assertThatThrownBy(() -> kernel.launch(0, 1, 1))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("opencl: " + device)
        .hasMessageContaining("did not run the kernel: Device failed for ")
        .hasMessageContaining("use the engine cpu");
    assertThatThrownBy(() -> kernel.launch(0, 1, 1))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("failed before");
    kernel.close();
  }

  /** Aparapi would print one. */
  @Test
  void aFailurePrintsNoStackTrace() {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      aKernelThatDidNotRunOnTheDeviceIsAnError();
      aKernelThatDidNotRunOnTheDeviceIsAnError(); // nor does the second
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
  }

  @Test
  void theDeviceGoesOnAfterAFailure() {
    aKernelThatDidNotRunOnTheDeviceIsAnError();
    float[][] got = {new float[3], {0}};
    try (Program program = new OpenClEngine().compile(SMALL)) {
      program.run(new float[][] {{0, 1, 2}}, got);
    }
    assertThat(got[1]).containsExactly(3);
  }

  @Test
  void anArrayLargerThanTheDeviceTakesIsRefusedBeforeItIsTried() {
    Device real = Devices.here().preferred();
    OpenCLDevice handle =
        new OpenCLDevice(
            real.handle().getOpenCLPlatform(),
            real.handle().getDeviceId(),
            real.handle().getType());
    handle.setName("small");
    handle.setMaxComputeUnits(1);
    handle.setMaxMemAllocSize(1 << 20);
    handle.setGlobalMemSize((1 << 21) - 1);
    OpenClEngine engine = new OpenClEngine(new Device(0, handle), 0);
    assertThatThrownBy(() -> engine.compile(doubled(1 << 19)))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "opencl: an array of the program takes 2097152 bytes, must be at most 1048576 on 0"
                + " small; split the batch, or use the engine cpu");
    assertThatThrownBy(() -> engine.compile(doubled(1 << 18)))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("opencl: all arrays together of the program takes 2097152");
  }

  @Test
  void anArrayBeyondTwoGigabytesIsRefused() {
    assertThatThrownBy(() -> new OpenClEngine().compile(doubled(600_000_000)))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "opencl: an array of the program has 600000000 numbers, must be at most 536870911"
                + " (2 GB); split the batch, or use the engine cpu");
  }

  /** Each step needs the sum over the one before. */
  private static Graph longChain(int steps) {
    Node x = input(0, 600);
    for (int i = 0; i < steps; i++) {
      x = sub(x, mul(total(x), scalar(1.0 / 600)));
    }
    return Graph.of(List.of(Shape.of(600)), List.of(x));
  }

  @Test
  void aProgramOfVeryManyPassesRunsOnTheProcessorAndSaysSo() {
    float[] x = new float[600];
    x[0] = 600;
    float[][] got = {new float[600]};
    try (Program program = new OpenClEngine().compile(longChain(150))) {
      assertThat(program.explain())
          .startsWith("opencl: the program has ")
          .contains(" passes, more than 200, ", "; it runs on the engine cpu");
      program.run(new float[][] {x}, got);
    }
    assertThat(got[0][0]).isEqualTo(599);
    assertThat(got[0][1]).isEqualTo(-1);
    try (Program program = new OpenClEngine().compile(longChain(3))) {
      assertThat(program.explain()).contains(" passes of one kernel in 1 launch");
    }
  }

  private static Graph doubled(int count) {
    return Graph.of(List.of(Shape.of(count)), List.of(add(input(0, count), input(0, count))));
  }

  @Test
  void aDeviceThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> Engines.byName("opencl:no such device"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("opencl: device \"no such device\" is none of 0 (");
    assertThat(Engines.byName("opencl:0")).isEqualTo(Engines.byName("opencl:0"));
    assertThat(Engines.byName("opencl:0").withThreads(2)).isNotEqualTo(Engines.byName("opencl:0"));
  }
}
