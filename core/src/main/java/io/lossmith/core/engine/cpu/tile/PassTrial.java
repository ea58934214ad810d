package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.plan.Step;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a loop runs by instructions or with its values in registers; all runs of a program share
 * it. A loop in registers is a class of its own, and slower by hundreds of times until the JVM has
 * compiled it. So it is made for passes that have run for long, and {@linkplain PassWarmUp warmed
 * up}; then it computes single tiles of theirs, next to others that instructions compute. It takes
 * over when it is faster; where the JVM does not get rid of its vectors it never is, and is given
 * up. Either way gives the same bits.
 */
public final class PassTrial {
  /** Instructions add up shorter ones in another order. */
  private static final int LEAST_STRETCH = 64;

  /** Elements times instructions before a loop is made: some tens of milliseconds. */
  private static final long WORTH_MAKING = 1L << 30;

  /** Tiles whose shortest times are compared. */
  private static final int WINDOW = 32;

  private static final int LEAST_WINDOWS = 10;

  /** The JVM needs a second to compile a loop, or many where others keep the processor busy. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** So many windows in a row must say the same. */
  private static final int CONVINCING = 3;

  private static final double FASTER = 0.95;

  /**
   * A loop that takes so many times what instructions take is not compiled yet. Then it is thirty
   * times and more; a compiled loop's first tile of a run may take three, for it finds no numbers
   * in the cache.
   */
  private static final int COLD = 10;

  /**
   * Then it is left alone for a while, which is how long the compiler may take, and soon longer.
   */
  private static final long REST_NANOS = 50_000_000;

  private static final int PATIENT_RESTS = 10;

  private static final long LONGEST_REST_NANOS = 10_000_000_000L;

  private final Step.Loop loop;
  private final TileProgram program;
  private final Kernels kernels;
  private final InRegisters when;
  private final Staging staging;
  private final Set<Integer> segments;
  private final LongSupplier nanoTime;
  private final AtomicLong work = new AtomicLong();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable TileProgram made;
  private volatile boolean isTaken;
  private volatile boolean isOver;
  private long bestInRegisters = Long.MAX_VALUE;
  private long bestOfInstructions = Long.MAX_VALUE;
  private int tiles;
  private int windows;
  private int convinced;
  private @Nullable PassWarmUp warmUp;
  private long began;
  private long dueAt = Long.MIN_VALUE;
  private long rest = REST_NANOS;
  private int rests;

  /**
   * @param program the loop by instructions
   */
  public PassTrial(Step.Loop loop, TileProgram program, Kernels kernels, InRegisters when) {
    this(loop, program, kernels, when, Staging.NOTHING, Set.of(), System::nanoTime);
  }

  PassTrial(
      Step.Loop loop,
      TileProgram program,
      Kernels kernels,
      InRegisters when,
      Staging staging,
      Set<Integer> segments,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.staging = staging;
    this.segments = segments;
    this.loop = loop;
    this.program = program;
    this.kernels = kernels;
    this.when = when;
    boolean fits =
        program.rows() == 1
            && program.chunk() >= LEAST_STRETCH
            && program.chunk() % (4 * kernels.lanes()) == 0;
    boolean isBeyond = kernels.lanes() == 1 && staging != Staging.NOTHING; // anywhere in an array
    isOver = when == InRegisters.NEVER || isBeyond || !fits;
    if (!isOver && when == InRegisters.AT_ONCE) {
      make();
      isTaken = !isOver;
    } else if (!isOver) {
      isOver = program.column() < 2 * program.chunk(); // one tile is compared with another
      work.set(when == InRegisters.ONCE_TRIED ? WORTH_MAKING : 0);
    }
  }

  /**
   * Returns the trial of a loop that is {@linkplain TileCompiler#staged staged}: in registers it
   * reads and writes what callers hand in where that lies.
   *
   * @param segments ids of the buffers for which memory segments stand
   */
  public static PassTrial inPlace(
      Step.Loop loop,
      TileProgram program,
      Kernels kernels,
      InRegisters when,
      Set<Integer> segments) {
    return new PassTrial(
        loop, program, kernels, when, Staging.BESIDE_A_PASS, segments, System::nanoTime);
  }

  /** Returns the trial of such a loop, whose pass goes through copies as its instructions do. */
  public static PassTrial staged(
      Step.Loop loop, TileProgram program, Kernels kernels, InRegisters when) {
    return new PassTrial(
        loop, program, kernels, when, Staging.OF_CALLERS, Set.of(), System::nanoTime);
  }

  /** Tells whether the loop in registers has taken over. */
  public boolean isTaken() {
    return isTaken;
  }

  /** Tells whether instructions it is and will be. */
  boolean isOver() {
    return isOver;
  }

  /** Returns how many tiles are whole at the first place of the axes around them. */
  int wholeTiles() {
    return program.column() / program.chunk();
  }

  /** Returns the loop in registers once it has taken over, else null. */
  @Nullable TileProgram taken() {
    return isTaken ? made : null;
  }

  /**
   * Begins a run that tries the loop: returns it, or null if it is not time yet or another run
   * does.
   *
   * @param more elements times instructions of the run
   * @param nanos for how long at most, but for a single call, the loop may be warmed up
   */
  @Nullable TileProgram begin(long more, long nanos) {
    if (work.get() < WORTH_MAKING && work.addAndGet(more) < WORTH_MAKING
        || !busy.compareAndSet(false, true)) {
      return null;
    }
    if (made == null && !isOver) {
      make();
    }
    if (isOver || isTaken || !isWarm(nanos)) {
      busy.set(false);
      return null;
    }
    return made;
  }

  /** Warms the loop up for a while; returns whether it was warm. */
  private boolean isWarm(long nanos) {
    long now = nanoTime.getAsLong();
    if (now < dueAt) {
      return false;
    }
    if (warmUp == null || !warmUp.isDue()) {
      return true;
    }
    do {
      warmUp.call();
    } while (warmUp.isDue() && nanoTime.getAsLong() - now < nanos);
    return false;
  }

  private void make() {
    began = nanoTime.getAsLong();
    try {
      made = TileCompiler.inRegisters(loop, program, kernels, staging, segments);
    } catch (LinkageError e) { // where nothing writes classes, or none may be defined
      made = null;
    }
    isOver = made == null;
    boolean onArrays = segments.isEmpty(); // segments are the callers': there it tries at once
    warmUp = made != null && onArrays && when == InRegisters.WHERE_FASTER ? warmUp(made) : null;
  }

  private @Nullable PassWarmUp warmUp(TileProgram made) {
    return Arrays.stream(made.instructions())
        .filter(PassInstruction.class::isInstance)
        .map(pass -> new PassWarmUp((PassInstruction) pass, kernels.lanes()))
        .findFirst()
        .orElse(null);
  }

  /** Notes how many nanoseconds a tile took each way; returns whether to go on. */
  boolean compare(long inRegisters, long byInstructions) {
    boolean isCold = warmUp != null && inRegisters > COLD * byInstructions;
    if (isCold) {
      rest();
    } else {
      note(inRegisters, byInstructions);
    }
    boolean isTried = rests > PATIENT_RESTS || windows >= LEAST_WINDOWS;
    if (isTried && !isTaken && nanoTime.getAsLong() - began > PATIENCE_NANOS) {
      isOver = true;
      made = null;
    }
    return !isCold && !isOver;
  }

  private void rest() {
    dueAt = nanoTime.getAsLong() + rest;
    if (++rests >= PATIENT_RESTS) {
      rest = Math.min(2 * rest, LONGEST_REST_NANOS);
    }
    warmUp.extend();
  }

  private void note(long inRegisters, long byInstructions) {
    bestInRegisters = Math.min(bestInRegisters, inRegisters);
    bestOfInstructions = Math.min(bestOfInstructions, byInstructions);
    if (++tiles < WINDOW) {
      return;
    }
    boolean isFaster = bestInRegisters < FASTER * bestOfInstructions;
    convinced = isFaster || when == InRegisters.ONCE_TRIED ? convinced + 1 : 0;
    isTaken |= convinced == CONVINCING;
    windows++;
    tiles = 0;
    bestInRegisters = Long.MAX_VALUE;
    bestOfInstructions = Long.MAX_VALUE;
  }

  /** Ends what {@link #begin} has begun. */
  void end() {
    busy.set(false);
  }
}
