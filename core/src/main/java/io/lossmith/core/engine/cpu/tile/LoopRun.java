package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.CacheLines;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs one compiled loop within one run of a program. Tiles are shared out in groups; each tile
 * leaves its partial folds in a slot of its own, and slots are joined in their order, in double: so
 * the result does not depend on how many threads there are.
 */
public final class LoopRun implements ParallelFor.Task {
  private final TileProgram program;
  private final Kernels kernels;
  private final RunMemory memory;
  private final WorkerScratch[] scratch;
  private final @Nullable TileWorker[] workers;
  private final double[] partials;
  private final double[][] joined;
  private final TileProgram.Place[] views;
  private final int chunks;
  private final int tiles;
  private final Sharing sharing;
  private final @Nullable PassRun pass;
  private @Nullable LoopRun inRegisters;
  private int done;

  /**
   * @param trial whether it runs in registers; null for instructions
   * @param memory where everything lies, inputs and outputs from before each run on
   * @param scratch scratch memory of each worker, shared by all loops of a run
   */
  public LoopRun(
      TileProgram program,
      @Nullable PassTrial trial,
      Kernels kernels,
      RunMemory memory,
      WorkerScratch[] scratch) {
    this(
        program,
        trial,
        kernels,
        memory,
        scratch,
        new double[Math.multiplyExact(program.tiles(), program.slotSize())],
        program.folds().stream()
            .map(fold -> new double[fold.result().shape().count()])
            .toArray(double[][]::new));
  }

  private LoopRun(
      TileProgram program,
      @Nullable PassTrial trial,
      Kernels kernels,
      RunMemory memory,
      WorkerScratch[] scratch,
      double[] partials,
      double[][] joined) {
    this.program = program;
    this.kernels = kernels;
    this.memory = memory;
    this.scratch = scratch;
    this.workers = new TileWorker[scratch.length];
    this.views = program.views().toArray(TileProgram.Place[]::new);
    this.chunks = program.chunks();
    this.tiles = program.tiles();
    this.partials = partials;
    this.joined = joined;
    long work = (long) tiles * program.rows() * program.chunk() * program.instructions().length;
    this.sharing = Sharing.of(work, tiles);
    this.pass = trial == null || trial.isOver() ? null : new PassRun(trial, this, work);
  }

  /** Runs the loop and leaves its results in their arrays. */
  public void run(ParallelFor team) {
    done = 0;
    if (tiles > 0) {
      if (pass != null && inRegisters == null) {
        inRegisters = pass.takenOver();
      }
      if (pass != null && inRegisters == null) {
        done = pass.begin();
        share(team);
        pass.end();
      } else {
        share(team);
      }
    }
    join();
  }

  private void share(ParallelFor team) {
    int groups = (tiles + sharing.group() - 1) / sharing.group();
    if (groups == 1) {
      run(0, 0);
    } else if (sharing.isBrief()) {
      team.runBrief(groups, this);
    } else {
      team.run(groups, this);
    }
  }

  /**
   * Returns the run of the same loop compiled otherwise, whose partial folds lie where these do.
   */
  LoopRun otherwise(TileProgram other) {
    WorkerScratch[] has = WorkerScratch.also(other, kernels, scratch);
    return new LoopRun(other, null, kernels, memory, has, partials, joined);
  }

  @Override
  public void run(int index, int number) {
    LoopRun fast = inRegisters;
    int end = Math.min(tiles, (index + 1) * sharing.group());
    for (int tile = Math.max(done, index * sharing.group()); tile < end; tile++) {
      if (fast != null && isWhole(tile)) {
        fast.tile(tile, number);
      } else {
        tile(tile, number);
      }
    }
  }

  /** Loops in registers have none for what is left at the end of the column. */
  private boolean isWhole(int tile) {
    return (tile % chunks + 1) * program.chunk() <= program.column();
  }

  /** Computes a tile, as a worker. */
  void tile(int tile, int number) {
    TileWorker worker = worker(number);
    place(worker, tile);
    for (Instruction instruction : program.instructions()) {
      instruction.run(kernels, worker);
    }
  }

  private TileWorker worker(int number) {
    TileWorker worker = workers[number];
    if (worker == null) {
      worker = new TileWorker(program, kernels, memory, scratch[number], partials);
      workers[number] = worker;
    }
    return worker;
  }

  /** Moves all registers to a tile. */
  private void place(TileWorker worker, int tile) {
    int outer = tile / chunks;
    int number = tile - outer * chunks;
    int start = program.start(number);
    int end = number + 1 < chunks ? program.start(number + 1) : program.column();
    worker.n = end - start;
    worker.slot = tile * program.slotSize();
    boolean moved = outer != worker.outer;
    worker.outer = outer;
    worker.labels.forget();
    for (int i = 0; i < views.length; i++) {
      TileProgram.Place view = views[i];
      if (moved) {
        worker.bases[i] = view.offset() + program.offset(outer, view.outer());
      }
      worker.offsets[CacheLines.MARGIN + view.register()] = worker.bases[i] + start * view.step();
    }
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
        int to = program.offset(outer, fold.outer());
        for (int chunk = 0; chunk < chunks; chunk++) {
          join(fold, to, from, results);
          from += program.slotSize();
        }
      }
      float[] result = memory.array(fold.result().id());
      for (int at = 0; at < results.length; at++) {
        result[at] = (float) results[at];
      }
    }
  }
}
