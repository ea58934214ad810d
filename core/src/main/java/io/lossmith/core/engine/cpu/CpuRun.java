package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Checks;
import io.lossmith.core.engine.cpu.tile.LoopRun;
import io.lossmith.core.engine.cpu.tile.PassTrial;
import io.lossmith.core.engine.cpu.tile.RunMemory;
import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.engine.cpu.tile.WorkerScratch;
import io.lossmith.core.engine.cpu.whole.WholeArrayKernel;
import io.lossmith.core.engine.cpu.whole.WholeArrayKernels;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that changes while a program runs: arrays, scratch memory, partial results. */
final class CpuRun extends Call {
  private final CpuProgram program;
  private final Plan plan;
  private final RunMemory memory;
  private final Buffer[] callers;
  private final OnOutputs onOutputs;
  private final @Nullable LoopRun[] loops;
  private @Nullable LoopRun @Nullable [] staged;
  private @Nullable LoopRun @Nullable [] stagedOrTried;
  private boolean isTold;
  private long segments;
  private final WholeArrayKernel[] kernels;
  private final float[][][] operands;

  CpuRun(CpuProgram program) {
    super(program.graph);
    this.program = program;
    this.plan = program.plan;
    this.memory = RunMemory.of(plan.buffers().size());
    int[] arrayOf = program.memory.arrayOf();
    float[][] arrays = new float[program.memory.sizes().size()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new float[program.memory.sizes().get(i)];
    }
    for (Buffer buffer : plan.buffers()) {
      if (buffer.kind() == Buffer.Kind.TEMPORARY && arrayOf[buffer.id()] >= 0) {
        memory.lay(buffer.id(), arrays[arrayOf[buffer.id()]]);
      } else if (buffer.data() != null) {
        memory.lay(buffer.id(), buffer.data());
      }
    }
    this.callers = program.callers.toArray(Buffer[]::new);
    this.onOutputs = new OnOutputs(plan, program.memory);
    this.loops = loops(program.loops, program.trials);
    int steps = plan.steps().size();
    this.kernels = new WholeArrayKernel[steps];
    this.operands = new float[steps][][];
    for (int i = 0; i < steps; i++) {
      if (plan.steps().get(i) instanceof Step.WholeArray whole) {
        this.kernels[i] =
            WholeArrayKernels.of(
                whole.op(), whole.shapes(), whole.result().shape(), program.kernels);
        operands[i] = new float[whole.operands().size()][];
      }
    }
  }

  /** Makes the run of each step that is a loop. */
  private @Nullable LoopRun[] loops(List<TileProgram> programs, List<PassTrial> trials) {
    WorkerScratch[] scratch = WorkerScratch.of(programs, program.kernels, program.team.size());
    LoopRun[] runs = new LoopRun[plan.steps().size()];
    int next = 0;
    for (int i = 0; i < runs.length; i++) {
      if (plan.steps().get(i) instanceof Step.Loop) {
        PassTrial trial = trials.isEmpty() ? null : trials.get(next);
        runs[i] = new LoopRun(programs.get(next++), trial, program.kernels, memory, scratch);
      }
    }
    return runs;
  }

  @Override
  protected boolean readsBuffer(int index) {
    return !program.needs.inputs()[index];
  }

  @Override
  protected boolean writesBuffer(int index) {
    return !program.needs.outputs()[index];
  }

  @Override
  public void run() {
    begin();
    LoopRun[] runs = layArguments() ? staged() : loops;
    for (int i = 0; i < runs.length; i++) {
      if (runs[i] != null) {
        runs[i].run(program.team);
      } else if (kernels[i] != null) {
        whole(i, (Step.WholeArray) plan.steps().get(i));
      } else {
        Buffer cleared = ((Step.Clear) plan.steps().get(i)).result();
        Arrays.fill(memory.array(cleared.id()), 0, cleared.shape().count(), 0);
      }
    }
    if (breaksChecks()) {
      Checks.report(program.graph, arraysOfInputs());
    }
    end();
  }

  /** Puts what the caller handed in to its places; tells whether there is a buffer among them. */
  private boolean layArguments() {
    boolean buffers = false;
    isTold = callers.length < Long.SIZE;
    segments = 0;
    for (int i = 0; i < callers.length; i++) {
      Buffer buffer = callers[i];
      int index = buffer.index();
      boolean isInput = buffer.kind() == Buffer.Kind.INPUT;
      float[] array = isInput ? inputs[index] : outputs[index];
      if (array != null) {
        memory.lay(buffer.id(), array);
      } else if (isInput) {
        Object lying = inputMemory(index);
        memory.lay(buffer.id(), inputBuffer(index), inputStart(index), lying, inputPlace(index));
        tell(i, lying);
        buffers = true;
      } else {
        Object lying = outputMemory(index);
        memory.lay(buffer.id(), outputBuffer(index), outputStart(index), lying, outputPlace(index));
        tell(i, lying);
        buffers = true;
      }
    }
    if (buffers) {
      onOutputs.layApart(memory);
    } else {
      onOutputs.lay(memory);
    }
    return buffers;
  }

  private void tell(int caller, @Nullable Object lying) {
    isTold &= lying != null;
    segments |= lying instanceof float[] ? 0 : 1L << caller;
  }

  private @Nullable LoopRun[] staged() {
    List<PassTrial> trials = program.stagedTrials(isTold ? segments : CpuProgram.COPIED);
    if (!trials.isEmpty()) {
      LoopRun[] made = stagedOrTried;
      if (made == null) {
        made = loops(program.staged(), trials);
        stagedOrTried = made;
      }
      return made;
    }
    LoopRun[] made = staged;
    if (made == null) {
      made = loops(program.staged(), List.of());
      staged = made;
    }
    return made;
  }

  private void whole(int i, Step.WholeArray step) {
    float[][] arrays = operands[i];
    for (int k = 0; k < arrays.length; k++) {
      arrays[k] = memory.array(step.operands().get(k).id());
    }
    kernels[i].run(arrays, memory.array(step.result().id()), program.team);
    Arrays.fill(arrays, null);
  }

  private boolean breaksChecks() {
    for (int i = 0; i < plan.checks().size(); i++) {
      if (memory.array(plan.checks().get(i).id())[0] != 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected void forget() {
    for (Buffer buffer : callers) {
      memory.forget(buffer.id());
    }
    onOutputs.forget(memory);
  }
}
