package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.EngineProgram;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.TileCompiler;
import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.List;

/** A planned and compiled graph. What changes during a run lives in a {@link CpuRun}. */
final class CpuProgram implements EngineProgram {
  private final Graph graph;
  private final Plan plan;
  private final List<TileProgram> loops;
  private final Memory memory;
  private final Kernels kernels;
  private final ParallelFor team;

  /**
   * @param fusions patterns of operations that become one instruction
   */
  CpuProgram(Graph graph, Kernels kernels, ParallelFor team, List<Fusion> fusions) {
    this.graph = graph;
    this.plan = Planner.plan(graph, PlanLimits.ofTiles());
    this.loops =
        plan.steps().stream()
            .filter(Step.Loop.class::isInstance)
            .map(step -> TileCompiler.compile((Step.Loop) step, fusions))
            .toList();
    this.memory = Memory.of(plan, loops);
    MemoryVerifier.verify(plan, loops, memory);
    this.kernels = kernels;
    this.team = team;
  }

  @Override
  public Call newCall() {
    return new CpuRun(graph, plan, loops, memory, kernels, team);
  }

  @Override
  public String explain() {
    return Explanation.of(graph, plan, loops, memory, kernels, team);
  }
}
