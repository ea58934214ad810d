package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.EngineProgram;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.InRegisters;
import io.lossmith.core.engine.cpu.tile.PassTrial;
import io.lossmith.core.engine.cpu.tile.TileCompiler;
import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A planned and compiled graph. What changes during a run lives in a {@link CpuRun}. */
final class CpuProgram implements EngineProgram {
  final Graph graph;
  final Plan plan;
  final List<TileProgram> loops;
  final List<PassTrial> trials;
  final Memory memory;
  final ArrayNeeds needs;
  final Kernels kernels;
  final ParallelFor team;
  final List<Buffer> callers; // what a caller hands in
  private final List<Fusion> fusions;
  private final InRegisters when;
  private volatile @Nullable List<TileProgram> staged;
  private volatile @Nullable StagedTrials stagedTrials;

  /** Stands for memory that Java does not let vectors be loaded from. */
  static final long COPIED = -1;

  /** Trials of staged loops for some kinds of memory. */
  private record StagedTrials(List<PassTrial> trials, long segments) {}

  /**
   * @param fusions patterns of operations that become one instruction
   * @param when when passes run in registers instead
   */
  CpuProgram(
      Graph graph, Kernels kernels, ParallelFor team, List<Fusion> fusions, InRegisters when) {
    this.graph = graph;
    this.plan =
        Planner.plan(
            graph,
            kernels.lanes() > 1 ? PlanLimits.ofTiles() : PlanLimits.ofTilesWithSlowFunctions());
    this.fusions = fusions;
    this.kernels = kernels;
    this.loops = compiled(TileCompiler::compile);
    this.memory = Memory.of(plan, loops);
    MemoryVerifier.verify(plan, loops, memory);
    this.needs = ArrayNeeds.of(graph, plan);
    this.team = team;
    this.when = when;
    this.callers =
        plan.buffers().stream()
            .filter(b -> b.kind() == Buffer.Kind.INPUT || b.kind() == Buffer.Kind.OUTPUT)
            .toList();
    Iterator<TileProgram> each = loops.iterator();
    this.trials = steps().map(step -> new PassTrial(step, each.next(), kernels, when)).toList();
  }

  /** Compiles a loop. */
  private interface LoopCompiler {
    TileProgram compile(Step.Loop loop, List<Fusion> fusions, int lanes);
  }

  private List<TileProgram> compiled(LoopCompiler compiler) {
    return steps().map(step -> compiler.compile(step, fusions, kernels.lanes())).toList();
  }

  private Stream<Step.Loop> steps() {
    return plan.steps().stream().filter(Step.Loop.class::isInstance).map(Step.Loop.class::cast);
  }

  /** Returns the loops for callers who hand in buffers, compiled when the first one does. */
  List<TileProgram> staged() {
    List<TileProgram> made = staged;
    return made != null ? made : compileStaged();
  }

  private synchronized List<TileProgram> compileStaged() {
    List<TileProgram> made = staged;
    if (made == null) {
      made = compiled(TileCompiler::staged);
      MemoryVerifier.verify(plan, made, memory.besideOutputs());
      staged = made;
    }
    return made;
  }

  /**
   * Returns the trials of these loops, or none: a pass is written for the kinds of memory that the
   * first caller hands in.
   *
   * @param segments which of what callers hand in are memory segments, a bit for each, all others
   *     being arrays; or {@link #COPIED}
   */
  List<PassTrial> stagedTrials(long segments) {
    StagedTrials made = stagedTrials;
    if (made == null) {
      made = makeStagedTrials(segments);
    }
    return made.segments == segments ? made.trials : List.of();
  }

  private synchronized StagedTrials makeStagedTrials(long segments) {
    StagedTrials made = stagedTrials;
    if (made == null) {
      Set<Integer> ids = new HashSet<>();
      for (int i = 0; i < callers.size(); i++) {
        if ((segments >> i & 1) != 0) {
          ids.add(callers.get(i).id());
        }
      }
      Iterator<TileProgram> each = staged().iterator();
      made =
          new StagedTrials(
              steps()
                  .map(
                      step ->
                          segments == COPIED
                              ? PassTrial.staged(step, each.next(), kernels, when)
                              : PassTrial.inPlace(step, each.next(), kernels, when, ids))
                  .toList(),
              segments);
      stagedTrials = made;
    }
    return made;
  }

  @Override
  public Call newCall() {
    return new CpuRun(this);
  }

  @Override
  public String explain() {
    return Explanation.of(graph, plan, loops, memory, kernels, team);
  }
}
