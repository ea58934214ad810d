package io.lossmith.core.engine.cpu.tile;

import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.KernelProvider;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class PassTrialTests {
  private static final long DUE = 1L << 31;
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final Kernels kernels = KernelProvider.kernels();

  private static Step.Loop loop() {
    Shape shape = Shape.of(4, 1024);
    Graph graph =
        Graph.of(List.of(shape), List.of(of(Unary.SIGMOID, of(Unary.TANH, input(0, 4, 1024)))));
    return (Step.Loop) Planner.plan(graph, PlanLimits.ofTiles()).steps().get(0);
  }

  private static PassTrial trial(Kernels kernels, InRegisters when) {
    return trial(kernels, when, System::nanoTime);
  }

  private static PassTrial trial(Kernels kernels, InRegisters when, LongSupplier nanoTime) {
    Step.Loop loop = loop();
    return new PassTrial(
        loop,
        TileCompiler.compile(loop, Fusions.ALL, 8),
        kernels,
        when,
        Staging.NOTHING,
        Set.of(),
        nanoTime);
  }

  /** Returns a trial that has warmed up. */
  private PassTrial begun(LongSupplier nanoTime) {
    PassTrial trial = trial(kernels, InRegisters.WHERE_FASTER, nanoTime);
    assertThat(trial.begin(DUE, FOR_EVER)).isNull();
    assertThat(trial.begin(0, 0)).isNotNull();
    return trial;
  }

  private void thereAreVectors() {
    assumeTrue(kernels.lanes() > 1, "without vectors there is no such loop");
  }

  private static void compare(PassTrial trial, int tiles, long inRegisters, long byInstructions) {
    for (int i = 0; i < tiles; i++) {
      trial.compare(inRegisters, byInstructions);
    }
  }

  @Test
  void beginsWhereAPassHasRunForLong() {
    thereAreVectors();
    PassTrial trial = trial(kernels, InRegisters.WHERE_FASTER, () -> 0);
    assertThat(trial.begin(1000, FOR_EVER)).isNull();
    assertThat(trial.begin(DUE, FOR_EVER)).as("while it warms up").isNull();
    assertThat(trial.begin(1000, 0)).isNotNull();
    assertThat(trial.begin(1000, 0)).as("while another run tries it").isNull();
    trial.end();
    assertThat(trial.begin(1000, 0)).isNotNull();
  }

  @Test
  void isTakenOnceItIsFasterAgainAndAgain() {
    thereAreVectors();
    PassTrial trial = begun(() -> 0);
    compare(trial, 1000, 3900, 2000);
    assertThat(trial.taken()).isNull();
    compare(trial, 50, 1000, 2000);
    assertThat(trial.taken()).isNull();
    compare(trial, 100, 1000, 2000);
    compare(trial, 100, 3000, 2000);
    assertThat(trial.taken()).isNotNull();
  }

  @Test
  void isGivenUpWhereItIsNeverFaster() {
    thereAreVectors();
    long[] now = {0};
    PassTrial trial = begun(() -> now[0]);
    compare(trial, 100_000, 2000, 2000);
    assertThat(trial.isOver()).as("before a minute is over").isFalse();
    now[0] = 61_000_000_000L;
    compare(trial, 100, 2000, 2000);
    trial.end();
    assertThat(trial.isOver()).isTrue();
    assertThat(trial.begin(DUE, 0)).isNull();
  }

  @Test
  void warmingUpTakesNoLongerThanItMay() {
    thereAreVectors();
    long[] now = {0};
    PassTrial trial = trial(kernels, InRegisters.WHERE_FASTER, () -> now[0]++);
    assertThat(trial.begin(DUE, 0)).isNull(); // one call
    assertThat(now[0]).isLessThan(10);
    long before = now[0];
    assertThat(trial.begin(0, 100)).isNull();
    assertThat(now[0] - before).isBetween(100L, 110L);
  }

  @Test
  void whatIsNotCompiledYetIsWarmedUpAgainAndThenLeftAloneForEverLonger() {
    thereAreVectors();
    long[] now = {0};
    PassTrial trial = begun(() -> now[0]);
    for (int i = 0; i < 10; i++) {
      isColdAndWarmsUpAfter(50_000_000, trial, now);
    }
    isColdAndWarmsUpAfter(100_000_000, trial, now);
    isColdAndWarmsUpAfter(200_000_000, trial, now);
  }

  private static void isColdAndWarmsUpAfter(long nanos, PassTrial trial, long[] now) {
    trial.compare(5000, 100);
    trial.end();
    now[0] += nanos - 1;
    assertThat(trial.begin(0, FOR_EVER)).isNull();
    now[0]++;
    assertThat(trial.begin(0, FOR_EVER)).as("warms up").isNull();
    assertThat(trial.begin(0, FOR_EVER)).isNotNull();
  }

  @Test
  void plainKernelsHaveNone() {
    assertThat(trial(new PlainKernels(), InRegisters.AT_ONCE).isOver()).isTrue();
  }

  @Test
  void aClassGoesWithItsProgram() throws InterruptedException {
    thereAreVectors();
    WeakReference<Class<?>> made = made();
    for (int i = 0; i < 50 && made.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(made.get()).isNull();
  }

  /** In a method of its own, whose frame would hold the loop. */
  private WeakReference<Class<?>> made() {
    TileProgram taken = trial(kernels, InRegisters.AT_ONCE).taken();
    PassInstruction pass =
        (PassInstruction)
            Arrays.stream(taken.instructions())
                .filter(PassInstruction.class::isInstance)
                .findFirst()
                .orElseThrow();
    return new WeakReference<>(pass.loop().getClass());
  }
}
