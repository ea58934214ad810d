package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Simplifier;

/**
 * Runs graphs on the processor: fused passes over tiles that stay in the cache, with SIMD where the
 * incubating vector module is there and plain Java where it is not. On one machine results have the
 * same bits whatever the number of threads.
 */
public final class CpuEngine implements Engine {
  private final Kernels kernels;
  private final Team team;

  /** Creates the engine that suits this machine; {@link java.util.ServiceLoader} does. */
  public CpuEngine() {
    this(KernelProvider.kernels(), Threads.ofMachine());
  }

  CpuEngine(Kernels kernels, Team team) {
    this.kernels = kernels;
    this.team = team;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String description() {
    String how =
        kernels.lanes() > 1
            ? "SIMD with " + kernels.lanes() + " floats a step"
            : "plain Java; add --add-modules jdk.incubator.vector for SIMD";
    return "processor, " + team.size() + (team.size() == 1 ? " thread, " : " threads, ") + how;
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public Program compile(Graph graph) {
    return new CpuProgram(Simplifier.simplify(graph), kernels, team);
  }

  @Override
  public Engine withThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("cpu: threads is " + threads + ", must be ≥ 1");
    }
    return new CpuEngine(kernels, Threads.of(threads));
  }
}
