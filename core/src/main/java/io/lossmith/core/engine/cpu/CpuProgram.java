package io.lossmith.core.engine.cpu;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Checks;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;

/**
 * A planned and compiled graph. What changes during a run lives in a {@link CpuRun}; runs are kept for
 * the next call, so that a warm one allocates nothing, and each belongs to one caller at a time.
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
    this.plan = Planner.plan(graph);
    this.loops =
        plan.steps().stream()
            .filter(Step.Loop.class::isInstance)
            .map(step -> TileCompiler.compile((Step.Loop) step))
            .toList();
    this.memory = Memory.of(plan);
    this.kernels = kernels;
    this.team = team;
  }

  @Override
  public void run(float[][] inputs, float[][] outputs) {
    if (closed) {
      throw new IllegalStateException("program: it is closed; compile it again");
    }
    check(inputs, outputs);
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

  private void check(float[][] inputs, float[][] outputs) {
    check("input", inputs, graph.inputs().size());
    check("output", outputs, graph.outputs().size());
    for (int i = 0; i < inputs.length; i++) {
      check("input", i, inputs[i], graph.inputs().get(i));
    }
    for (int i = 0; i < outputs.length; i++) {
      Node output = graph.outputs().get(i);
      check("output", i, outputs[i], output.shape());
      for (int j = 0; j < inputs.length; j++) {
        if (outputs[i] == inputs[j]) {
          throw new IllegalArgumentException(
              "program: output " + i + " is the array of input " + j + ", must be another one");
        }
      }
    }
  }

  private static void check(String what, float[][] arrays, int count) {
    if (arrays.length != count) {
      throw new IllegalArgumentException(
          "program: " + arrays.length + " " + what + " arrays, must be " + count);
    }
  }

  private static void check(String what, int index, float[] array, Shape shape) {
    Objects.requireNonNull(array, what);
    if (array.length < shape.count()) {
      throw new IllegalArgumentException(
          "program: "
              + what
              + " "
              + index
              + " has "
              + array.length
              + " elements, must have "
              + shape.count()
              + " for shape "
              + shape);
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
