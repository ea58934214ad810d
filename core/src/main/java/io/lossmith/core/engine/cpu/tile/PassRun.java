package io.lossmith.core.engine.cpu.tile;

import org.jspecify.annotations.Nullable;

/** What one run of a loop adds to the trial of the loop in registers. */
final class PassRun {
  /** A run that compares takes longer by one part in so many, one that warms up twice as long. */
  private static final int SHARE = 4;

  private final PassTrial trial;
  private final LoopRun instructions;
  private final long work;
  private @Nullable LoopRun inRegisters;
  private long start;
  private long nanos;

  /**
   * @param work elements times instructions of a run
   */
  PassRun(PassTrial trial, LoopRun instructions, long work) {
    this.trial = trial;
    this.instructions = instructions;
    this.work = work;
  }

  /** Returns the run in registers once that has taken over, else null. */
  @Nullable LoopRun takenOver() {
    TileProgram taken = trial.taken();
    return taken == null ? null : inRegisters(taken);
  }

  /** Begins a run by instructions; returns how many tiles, the first ones, it has computed. */
  int begin() {
    TileProgram tried = trial.begin(work, nanos);
    start = System.nanoTime();
    if (tried == null) {
      return 0;
    }
    try {
      return compare(inRegisters(tried));
    } finally {
      trial.end();
    }
  }

  /** Computes tiles each way in turn, in at most a part of the time that a run takes. */
  private int compare(LoopRun other) {
    int whole = trial.wholeTiles();
    int done = 0;
    long now = start;
    boolean goesOn = true;
    while (goesOn && done + 2 <= whole && (done == 0 || now - start < nanos / SHARE)) {
      long begun = System.nanoTime();
      other.tile(done, 0);
      long between = System.nanoTime();
      instructions.tile(done + 1, 0);
      now = System.nanoTime();
      goesOn = trial.compare(between - begun, now - between);
      done += 2;
    }
    return done;
  }

  /** Ends a run that {@link #begin} has begun. */
  void end() {
    nanos = System.nanoTime() - start;
  }

  private LoopRun inRegisters(TileProgram program) {
    LoopRun made = inRegisters;
    if (made == null) {
      made = instructions.otherwise(program);
      inRegisters = made;
    }
    return made;
  }
}
