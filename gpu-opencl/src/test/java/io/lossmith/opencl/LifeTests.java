package io.lossmith.opencl;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.parameter;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.total;
import static io.lossmith.core.graph.Nodes.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.Sample;
import io.lossmith.core.engine.Samples;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Simplifier;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.Window;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.device.Devices;
import io.lossmith.opencl.kernel.FusedKernel;
import io.lossmith.opencl.kernel.KernelWriter;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Target;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Schedule;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to programs between their first run and their end. */
@NeedsDevice
@Tag("large")
class LifeTests {
  private static final int COUNT = 100_000;

  static Stream<Engine> engines() {
    return Stream.of(new OpenClEngine(), new OpenClEngine(OwnMemoryContractTests.DEVICE, 0));
  }

  /** y = x − Σx/n + w, with its sum: folds, a parameter and large arrays. */
  private static Graph graph(float[] parameter) {
    Node x = input(0, COUNT);
    Node sum = total(x);
    Node centred = sub(x, mul(sum, scalar(1.0 / COUNT)));
    Node w = parameter(Shape.SCALAR, parameter);
    return Graph.of(List.of(Shape.of(COUNT)), List.of(sum, add(centred, w)));
  }

  private static void require(float[] x, float w, float[][] got) {
    double sum = 0;
    for (float value : x) {
      sum += value;
    }
    assertThat(got[0][0]).isEqualTo((float) sum);
    for (int i = 0; i < COUNT; i += 997) {
      float want = (float) (x[i] - sum / COUNT + w);
      assertThat(Math.abs(got[1][i] - want)).as("element " + i).isLessThan(1e-4f);
    }
  }

  private static float[] whole(int seed) {
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = (i * 31 + seed) % 64;
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theGarbageCollectorMayMoveArraysBetweenRuns(Engine engine) {
    float[] w = {0};
    List<byte[]> rubbish = new ArrayList<>();
    try (Program program = engine.compile(graph(w))) {
      float[] x = whole(1);
      float[][] got = {new float[1], new float[COUNT]};
      for (int run = 0; run < 60; run++) {
        for (int i = 0; i < 200; i++) {
          rubbish.add(new byte[10_000]);
        }
        if (run % 3 == 0) {
          rubbish.clear();
          System.gc();
        }
        w[0] = run;
        x[run] = run;
        program.run(new float[][] {x}, got);
        require(x, run, got);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void arraysMayChangeFromRunToRun(Engine engine) {
    float[] w = {0.5f};
    try (Program program = engine.compile(graph(w))) {
      for (int run = 0; run < 20; run++) {
        float[] x = whole(run);
        float[][] got = {new float[1], new float[COUNT + (run % 2) * 5]};
        Arrays.fill(got[1], -1);
        program.run(new float[][] {x}, got);
        require(x, 0.5f, got);
        for (int i = COUNT; i < got[1].length; i++) {
          assertThat(got[1][i]).isEqualTo(-1);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void oneArrayMayBeTwoInputs(Engine engine) {
    Graph graph =
        Graph.of(
            List.of(Shape.of(COUNT), Shape.of(COUNT)),
            List.of(add(input(0, COUNT), mul(input(1, COUNT), scalar(2)))));
    try (Program program = engine.compile(graph)) {
      float[] x = whole(3);
      float[][] got = {new float[COUNT]};
      for (int run = 0; run < 3; run++) {
        x[7] = 100 + run;
        program.run(new float[][] {x, x}, got);
        assertThat(got[0][7]).isEqualTo(3 * (100 + run));
        assertThat(got[0][8]).isEqualTo(3 * x[8]);
      }
      float[] y = whole(4);
      program.run(new float[][] {x, y}, got);
      assertThat(got[0][8]).isEqualTo(x[8] + 2 * y[8]);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatTheProcessorComputesLiesBetweenTwoLaunches(Engine engine) {
    Window window = window(2, 3, 1, 1);
    Node x = input(0, 1, 1, 80, 80);
    Node w = input(1, 1, 1, 3, 3);
    Node before = exp(mul(x, scalar(-1)));
    Node middle = of(new Convolution(window), before, w);
    Node again = of(new Convolution(window), sub(middle, before), w);
    Graph graph =
        Graph.of(List.of(x.shape(), w.shape()), List.of(total(again), mul(again, before), middle));
    float[][] inputs = {new float[6400], {0, 1, 0, 1, -4, 1, 0, 1, 0}};
    for (int i = 0; i < 6400; i++) {
      inputs[0][i] = i % 17 / 17f;
    }
    Sample sample = new Sample("laplace twice", graph, inputs, 1e-4);
    try (Program program = engine.compile(graph)) {
      for (int run = 0; run < 3; run++) {
        float[][] got = sample.outputs();
        program.run(inputs, got);
        sample.require(got);
      }
      assertThat(program.explain()).contains("on the processor, because", "3 launches");
    }
  }

  @Test
  void anInterruptedThreadRunsAndStaysInterrupted() {
    try (Program program = new OpenClEngine().compile(graph(new float[1]))) {
      float[] x = whole(2);
      float[][] got = {new float[1], new float[COUNT]};
      Thread.currentThread().interrupt();
      program.run(new float[][] {x}, got);
      assertThat(Thread.interrupted()).isTrue();
      require(x, 0, got);
    }
  }

  @Test
  void closingLetsTheRunThatIsUnderWayEnd() throws InterruptedException {
    Program program = new OpenClEngine().compile(graph(new float[1]));
    float[] x = whole(5);
    program.run(new float[][] {x}, new float[][] {new float[1], new float[COUNT]});
    CountDownLatch running = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread runner =
        new Thread(
            () -> {
              float[][] got = {new float[1], new float[COUNT]};
              try {
                while (true) {
                  program.run(new float[][] {x}, got);
                  require(x, 0, got);
                  running.countDown();
                }
              } catch (Throwable e) {
                end.set(e);
              }
            });
    runner.start();
    running.await();
    program.close();
    runner.join();
    assertThat(end.get()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aProgramThatNeverRanCanBeClosed() {
    Program program = new OpenClEngine().compile(graph(new float[1]));
    program.close();
    program.close();
    assertThatThrownBy(() -> program.run(new float[][] {whole(0)}, new float[][] {{0}, {0}}))
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aProgramThatRanIsClosedForGood(Engine engine) {
    Program program = engine.compile(graph(new float[1]));
    float[][] got = {new float[1], new float[COUNT]};
    program.run(new float[][] {whole(1)}, got);
    float[] before = got[1].clone();
    program.close();
    program.close();
    for (int again = 0; again < 2; again++) {
      assertThatThrownBy(() -> program.run(new float[][] {whole(2)}, got))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("opencl: this program is closed; compile it again");
    }
    assertThat(got[1]).isEqualTo(before);
    assertThat(program.explain()).contains("passes");
  }

  @Test
  void programsThatAreAlikeShareTheirClass() {
    Graph dice = sample("dice [2, 4").graph();
    Class<? extends FusedKernel> first = type(dice);
    Class<? extends FusedKernel> other =
        type(Graph.of(List.of(Shape.of(9)), List.of(exp(input(0, 9)))));
    assertThat(other).isNotSameAs(first);
    KernelClasses.release(other);
    for (int i = 0; i < 5; i++) {
      assertThat(type(dice)).isSameAs(first);
      KernelClasses.release(first);
    }
    KernelClasses.release(first);
    assertThatThrownBy(() -> KernelClasses.release(first)).hasMessageContaining("given back");
    Class<? extends FusedKernel> again = type(dice);
    assertThat(again).isNotSameAs(first);
    KernelClasses.release(again);
  }

  /** Nor does Aparapi, which by itself keeps every class that it has seen. */
  @Test
  void nothingKeepsTheClassOfAClosedProgram() throws InterruptedException {
    WeakReference<Class<?>> type = runAndClose();
    for (int i = 0; i < 100 && type.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(type.get()).isNull();
  }

  private static WeakReference<Class<?>> runAndClose() {
    Graph graph = Graph.of(List.of(Shape.of(7)), List.of(exp(mul(input(0, 7), scalar(0.125)))));
    Class<? extends FusedKernel> type = type(graph);
    float[][] got = {new float[7]};
    try (Program program = new OpenClEngine().compile(graph)) {
      KernelClasses.release(type);
      program.run(new float[][] {{0, 1, 2, 3, 4, 5, 6}}, got);
    }
    assertThat(got[0][0]).isEqualTo(1);
    return new WeakReference<>(type);
  }

  private static Sample sample(String start) {
    return Samples.all().stream()
        .filter(sample -> sample.name().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  private static Class<? extends FusedKernel> type(Graph graph) {
    Device device = Devices.here().preferred();
    Graph simple = Simplifier.simplify(graph);
    Plan plan = Planner.plan(simple, PlanLimits.ofTiles());
    Target target =
        new Target(
            device.units(), !device.sharesMemory(), device.isHinderedByLoops(), KernelWriter::fits);
    Lowering lowering = new Lowering(simple, target);
    Schedule schedule = Schedule.of(plan, lowering);
    Placement placement = Placement.of(plan, schedule, lowering);
    return KernelClasses.acquire(schedule.launches(), placement, device);
  }
}
