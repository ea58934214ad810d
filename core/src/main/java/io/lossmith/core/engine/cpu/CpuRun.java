package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Checks;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.tile.LoopRun;
import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.engine.cpu.whole.WholeArrayKernel;
import io.lossmith.core.engine.cpu.whole.WholeArrayKernels;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import java.util.Arrays;
import java.util.List;

/** All that changes while a program runs: arrays, scratch memory, partial results. */
final class CpuRun extends Call {
  private final Graph graph;
  private final Plan plan;
  private final ParallelFor team;
  private final float[][] buffers;
  private final LoopRun[] loops;
  private final WholeArrayKernel[] kernels;
  private final float[][][] operands;

  CpuRun(
      Graph graph,
      Plan plan,
      List<TileProgram> programs,
      Memory memory,
      Kernels kernels,
      ParallelFor team) {
    super(graph);
    this.graph = graph;
    this.plan = plan;
    this.team = team;
    this.buffers = new float[plan.buffers().size()][];
    float[][] arrays = new float[memory.sizes().size()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new float[memory.sizes().get(i)];
    }
    for (Buffer buffer : plan.buffers()) {
      if (buffer.kind() == Buffer.Kind.TEMPORARY && memory.arrayOf()[buffer.id()] >= 0) {
        buffers[buffer.id()] = arrays[memory.arrayOf()[buffer.id()]];
      } else if (buffer.data() != null) {
        buffers[buffer.id()] = buffer.data();
      }
    }
    int scratchSize = programs.stream().mapToInt(TileProgram::scratchSize).max().orElse(0);
    float[][] scratch = new float[team.size()][scratchSize];
    int steps = plan.steps().size();
    this.loops = new LoopRun[steps];
    this.kernels = new WholeArrayKernel[steps];
    this.operands = new float[steps][][];
    int next = 0;
    for (int i = 0; i < steps; i++) {
      Step step = plan.steps().get(i);
      if (step instanceof Step.Loop) {
        loops[i] = new LoopRun(programs.get(next++), kernels, buffers, scratch);
      } else if (step instanceof Step.WholeArray whole) {
        this.kernels[i] =
            WholeArrayKernels.of(whole.op(), whole.shapes(), whole.result().shape(), kernels);
        operands[i] = new float[whole.operands().size()][];
      }
    }
  }

  @Override
  public void run() {
    for (int id = 0; id < buffers.length; id++) {
      Buffer buffer = plan.buffers().get(id);
      if (buffer.kind() == Buffer.Kind.INPUT) {
        buffers[id] = inputs[buffer.index()];
      } else if (buffer.kind() == Buffer.Kind.OUTPUT) {
        buffers[id] = outputs[buffer.index()];
      }
    }
    for (int i = 0; i < loops.length; i++) {
      if (loops[i] != null) {
        loops[i].run(team);
      } else if (kernels[i] != null) {
        whole(i, (Step.WholeArray) plan.steps().get(i));
      } else {
        Buffer cleared = ((Step.Clear) plan.steps().get(i)).result();
        Arrays.fill(buffers[cleared.id()], 0, cleared.shape().count(), 0);
      }
    }
    if (breaksChecks()) {
      Checks.report(graph, inputs);
    }
  }

  private void whole(int i, Step.WholeArray step) {
    float[][] arrays = operands[i];
    for (int k = 0; k < arrays.length; k++) {
      arrays[k] = buffers[step.operands().get(k).id()];
    }
    kernels[i].run(arrays, buffers[step.result().id()], team);
    Arrays.fill(arrays, null);
  }

  private boolean breaksChecks() {
    for (int i = 0; i < plan.checks().size(); i++) {
      if (buffers[plan.checks().get(i).id()][0] != 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected void forget() {
    for (int id = 0; id < buffers.length; id++) {
      Buffer.Kind kind = plan.buffers().get(id).kind();
      if (kind == Buffer.Kind.INPUT || kind == Buffer.Kind.OUTPUT) {
        buffers[id] = null;
      }
    }
    for (LoopRun loop : loops) {
      if (loop != null) {
        loop.forget();
      }
    }
  }
}
