package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Arguments;
import io.lossmith.core.engine.Checks;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.Team;
import io.lossmith.core.engine.cpu.tile.TileCompiler;
import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A planned and compiled graph. What changes during a run lives in a {@link CpuRun}; runs are kept
 * for the next call, so that a warm one allocates nothing, and each belongs to one caller at a
 * time.
 */
final class CpuProgram implements Program {
  /** More callers at once than this, and the rest make a run of their own. */
  private static final int KEPT_RUNS = 16;

  private final Graph graph;
  private final Plan plan;
  private final List<TileProgram> loops;
  private final Memory memory;
  private final Kernels kernels;
  private final Team team;
  private final ArrayDeque<CpuRun> idle = new ArrayDeque<>(KEPT_RUNS);
  private volatile boolean closed;

  CpuProgram(Graph graph, Kernels kernels, Team team) {
    this.graph = graph;
    this.plan = Planner.plan(graph, PlanLimits.ofTiles());
    this.loops =
        plan.steps().stream()
            .filter(Step.Loop.class::isInstance)
            .map(step -> TileCompiler.compile((Step.Loop) step))
            .toList();
    this.memory = Memory.of(plan, loops);
    MemoryVerifier.verify(plan, loops, memory);
    this.kernels = kernels;
    this.team = team;
  }

  @Override
  public void run(float[][] inputs, float[][] outputs) {
    if (closed) {
      throw new IllegalStateException("cpu: this program is closed; compile the graph again");
    }
    Arguments.require("cpu", graph, inputs, outputs);
    CpuRun run = take();
    boolean broken;
    try {
      run.execute(inputs, outputs);
      broken = run.breaksChecks();
    } finally {
      give(run);
    }
    if (broken) {
      Checks.report(graph, inputs);
    }
  }

  private CpuRun take() {
    CpuRun run;
    synchronized (idle) {
      run = idle.pollLast();
    }
    return run != null ? run : new CpuRun(plan, loops, memory, kernels, team);
  }

  private void give(CpuRun run) {
    run.forget();
    synchronized (idle) {
      if (!closed && idle.size() < KEPT_RUNS) {
        idle.addLast(run);
      }
    }
  }

  @Override
  public String explain() {
    return Explanation.of(graph, plan, loops, memory, kernels, team);
  }

  @Override
  public void close() {
    closed = true;
    synchronized (idle) {
      idle.clear();
    }
  }
}
