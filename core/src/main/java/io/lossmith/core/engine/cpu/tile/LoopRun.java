package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import java.util.Arrays;
import io.lossmith.core.plan.Step;
import org.jspecify.annotations.Nullable;

/**
 * Runs one compiled loop within one run of a program. Tiles are shared out in groups; each tile
 * leaves its partial folds in a slot of its own, and slots are joined in their order, in double: so
 * the result does not depend on how many threads there are.
 */
public final class LoopRun implements ParallelFor.Task {
  /**
   * Below this many elements times instructions, waking another thread costs more than it helps.
   */
  private static final long WORTH_SHARING = 200_000;

  private static final int MOST_GROUPS = 64;

  private final TileProgram program;
  private final Kernels kernels;
  private final RunMemory memory;
  private final float[][] scratch;
  private final @Nullable TileWorker[] workers;
  private final double[] partials;
  private final double[][] joined;
  private final TileProgram.Place[] views;
  private final int chunks;
  private final int tiles;
  private final int group;

  /**
   * @param memory where everything lies, inputs and outputs from before each run on
   * @param scratch scratch memory of each worker, shared by all loops of a run
   */
  public LoopRun(TileProgram program, Kernels kernels, RunMemory memory, float[][] scratch) {
    this.program = program;
    this.kernels = kernels;
    this.memory = memory;
    this.scratch = scratch;
    this.workers = new TileWorker[scratch.length];
    this.views = program.views().toArray(TileProgram.Place[]::new);
    this.chunks = program.chunks();
    this.tiles = program.tiles();
    this.partials = new double[Math.multiplyExact(tiles, program.slotSize())];
    this.joined = new double[program.folds().size()][];
    for (int i = 0; i < joined.length; i++) {
      joined[i] = new double[program.folds().get(i).result().shape().count()];
    }
    long work = (long) tiles * program.rows() * program.chunk() * 4;
    this.group = work < WORTH_SHARING ? tiles : Math.max(1, tiles / MOST_GROUPS);
  }

  /** Runs the loop and leaves its results in their arrays. */
  public void run(ParallelFor team) {
    if (tiles > 0) {
      int groups = (tiles + group - 1) / group;
      if (groups == 1) {
        run(0, 0);
      } else {
        team.run(groups, this);
      }
    }
    join();
  }

  /** PROTOTYPE */
  public void inRegisters(Step.Loop loop) {
    TileProgram made = program.column() % program.chunk() == 0 && program.chunk() % (4 * kernels.lanes()) == 0 ? TileCompiler.inRegisters(loop, program, kernels) : null;
    fast = made == null ? null : new LoopRun(made, kernels, memory, new float[scratch.length][made.scratchSize()]);
    System.err.println("in registers: " + (made != null) + " of " + program.instructions().length + " instructions, tile " + program.chunk());
  }

  private @Nullable LoopRun fast;

  @Override
  public void run(int index, int number) {
    if (fast != null) {
      fast.tiles(index, number, partials);
      return;
    }
    tiles(index, number, partials);
  }

  private void tiles(int index, int number, double[] partials) {
    TileWorker worker = worker(number, partials);
    int end = Math.min(tiles, (index + 1) * group);
    for (int tile = index * group; tile < end; tile++) {
      place(worker, tile);
      for (Instruction instruction : program.instructions()) {
        instruction.run(kernels, worker);
      }
    }
  }

  private TileWorker worker(int number, double[] partials) {
    TileWorker worker = workers[number];
    if (worker == null) {
      worker = new TileWorker(program, memory, scratch[number], partials);
      workers[number] = worker;
    }
    return worker;
  }

  /** Moves all registers to a tile. */
  private void place(TileWorker worker, int tile) {
    int outer = tile / chunks;
    int start = (tile - outer * chunks) * program.chunk();
    worker.n = Math.min(program.chunk(), program.column() - start);
    worker.slot = tile * program.slotSize();
    boolean moved = outer != worker.outer;
    worker.outer = outer;
    worker.labels.forget();
    for (int i = 0; i < views.length; i++) {
      TileProgram.Place view = views[i];
      if (moved) {
        worker.bases[i] = view.offset() + outer(outer, view.outer());
      }
      worker.offsets[view.register()] = worker.bases[i] + start * view.step();
    }
  }

  /** Returns how far tiles at a place of the outer axes lie from the first. */
  private int outer(int place, int[] strides) {
    int offset = 0;
    int rest = place;
    for (int axis = strides.length - 1; axis >= 0 && rest > 0; axis--) {
      int size = program.outer()[axis];
      offset += rest % size * strides[axis];
      rest /= size;
    }
    return offset;
  }

  private void join(TileProgram.Partial fold, int to, int from, double[] results) {
    int[] rows = fold.rows();
    for (int row = 0; row < rows.length; row++) {
      int at = to + rows[row];
      results[at] = fold.fold().apply(results[at], partials[from + row]);
    }
  }

  private void join() {
    for (int i = 0; i < joined.length; i++) {
      TileProgram.Partial fold = program.folds().get(i);
      double[] results = joined[i];
      Arrays.fill(results, fold.fold().start());
      int from = fold.place();
      for (int outer = 0; outer * chunks < tiles; outer++) {
        int to = outer(outer, fold.outer());
        for (int chunk = 0; chunk < chunks; chunk++) {
          join(fold, to, from, results);
          from += program.slotSize();
        }
      }
      float[] result = memory.arrays()[fold.result().id()];
      for (int at = 0; at < results.length; at++) {
        result[at] = (float) results[at];
      }
    }
  }
}
