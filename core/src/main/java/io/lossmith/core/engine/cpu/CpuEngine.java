package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.tile.InRegisters;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Simplifier;
import org.jspecify.annotations.Nullable;

/**
 * Runs graphs on the processor: fused passes over tiles that stay in the cache, with SIMD where the
 * incubating vector module is there and plain Java where it is not. On one machine results have the
 * same bits whatever the number of threads.
 */
public final class CpuEngine implements Engine {
  private volatile @Nullable Kernels kernels;
  private volatile @Nullable ParallelFor team;
  private final InRegisters when;

  /**
   * Creates the engine that suits this machine; {@link java.util.ServiceLoader} does. What suits is
   * looked up at the first use: a property that cannot be read then ends the call that needs it,
   * while here it would only make this engine disappear.
   */
  public CpuEngine() {
    when = InRegisters.WHERE_FASTER;
  }

  CpuEngine(Kernels kernels, ParallelFor team) {
    this(kernels, team, InRegisters.WHERE_FASTER);
  }

  CpuEngine(Kernels kernels, ParallelFor team, InRegisters when) {
    this.kernels = kernels;
    this.team = team;
    this.when = when;
  }

  private Kernels kernels() {
    Kernels found = kernels;
    if (found == null) {
      found = KernelProvider.kernels();
      kernels = found;
    }
    return found;
  }

  private ParallelFor team() {
    ParallelFor found = team;
    if (found == null) {
      found = WorkerThreads.ofMachine();
      team = found;
    }
    return found;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String description() {
    int lanes = kernels().lanes();
    int threads = team().size();
    String how =
        lanes > 1
            ? "SIMD with " + lanes + " floats a step"
            : "plain Java; add --add-modules jdk.incubator.vector for SIMD";
    return "processor, " + threads + (threads == 1 ? " thread, " : " threads, ") + how;
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public Program compile(Graph graph) {
    return new Program(
        name(),
        graph,
        new CpuProgram(Simplifier.simplify(graph), kernels(), team(), Fusions.ALL, when));
  }

  @Override
  public Engine withThreads(int threads) {
    Engine.super.withThreads(threads);
    team(); // a property that cannot be read is never passed over
    return new CpuEngine(kernels(), WorkerThreads.of(threads));
  }
}
