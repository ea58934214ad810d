package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.CacheLines;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * Scratch memory of one worker, which all loops of a run share: an array for all registers of a
 * loop, or, where the compiler makes vectors only of loops in which all arrays are read at the same
 * index, one for each row of each, at whose start the row lies.
 */
public final class WorkerScratch {
  private final float[] array;
  private final int start;
  private final int size;
  private final float[][] own;

  /**
   * @param start where this worker's part of the array begins
   * @param size floats of that part
   */
  private WorkerScratch(float[] array, int start, int size, float[][] own) {
    this.array = array;
    this.start = start;
    this.size = size;
    this.own = own;
  }

  /** Returns the scratch memory of so many workers for any of these loops. */
  public static WorkerScratch[] of(List<TileProgram> loops, Kernels kernels, int workers) {
    Sizes sizes = Sizes.of(loops, kernels);
    float[] shared = new float[sizes.ofAll(workers)];
    WorkerScratch[] made = new WorkerScratch[workers];
    for (int i = 0; i < workers; i++) {
      int start = CacheLines.FIRST + i * sizes.size;
      float[][] own = Arrays.stream(sizes.lengths).mapToObj(float[]::new).toArray(float[][]::new);
      made[i] = new WorkerScratch(shared, start, sizes.size, own);
    }
    return made;
  }

  /** Returns these for another loop, too, which runs in turn with theirs; others if too small. */
  static WorkerScratch[] also(TileProgram other, Kernels kernels, WorkerScratch[] these) {
    return !hasOwnArrays(kernels) && other.scratchSize() <= these[0].size
        ? these
        : of(List.of(other), kernels, these.length);
  }

  /** Returns how many floats that is, for all workers. */
  public static long floats(List<TileProgram> loops, Kernels kernels, int workers) {
    Sizes sizes = Sizes.of(loops, kernels);
    long own = Arrays.stream(sizes.lengths).asLongStream().sum();
    return sizes.ofAll(workers) + workers * own;
  }

  /**
   * @param size floats of a worker for all registers that lie in one array
   * @param isPlaced whether much goes through them, so that they should lie on whole lines
   * @param lengths of the arrays of a worker that are one row's alone
   */
  private record Sizes(int size, boolean isPlaced, int[] lengths) {
    /** An array of so many floats is no burden beside what such a loop reads and writes. */
    private static final int LARGE_LOOP = 1 << 18;

    static Sizes of(List<TileProgram> loops, Kernels kernels) {
      int size = 0;
      boolean isLarge = false;
      int[] lengths = new int[0];
      for (TileProgram loop : loops) {
        if (hasOwnArrays(kernels)) {
          lengths = longer(lengths, new OwnArrays(loop));
        } else {
          int ofPass = loop.rows() == 1 ? kernels.fused().passes().mostScratch() : 0;
          int needed = Math.max(loop.scratchSize(), ofPass);
          long elements = (long) loop.tiles() * loop.rows() * loop.chunk();
          isLarge |= needed > 0 && elements >= LARGE_LOOP;
          size = Math.max(size, needed);
        }
      }
      return new Sizes(CacheLines.whole(size), isLarge, lengths);
    }

    private static int[] longer(int[] lengths, OwnArrays arrays) {
      int[] longer = Arrays.copyOf(lengths, Math.max(lengths.length, arrays.count()));
      for (int i = 0; i < arrays.count(); i++) {
        longer[i] = Math.max(longer[i], CacheLines.lengthApart(arrays.longest()));
      }
      return longer;
    }

    /** Returns the floats of the array that all workers share. */
    int ofAll(int workers) {
      int all = Math.addExact(CacheLines.FIRST, Math.multiplyExact(workers, size));
      return isPlaced ? Math.max(all, CacheLines.placed()) : all;
    }
  }

  private static boolean hasOwnArrays(Kernels kernels) {
    return kernels.lanes() == 1;
  }

  /**
   * Which arrays the registers of a loop have: as many behind one another as the place in scratch
   * memory needs.
   */
  private record OwnArrays(TileProgram loop, int[] places, int[] ends) {
    OwnArrays(TileProgram loop) {
      this(loop, placesOf(loop));
    }

    private OwnArrays(TileProgram loop, int[] places) {
      this(loop, places, new int[places.length]);
      for (int i = 0; i < loop.scratch().length; i++) {
        if (loop.scratch()[i] >= 0) {
          int of = Arrays.binarySearch(places, loop.scratch()[i]);
          ends[of] = Math.max(ends[of], loop.arrays()[i]);
        }
      }
      Arrays.parallelPrefix(ends, Integer::sum);
    }

    /** Returns the places in scratch memory that registers have, in their order. */
    private static int[] placesOf(TileProgram loop) {
      return Arrays.stream(loop.scratch())
          .filter(place -> place >= 0)
          .sorted()
          .distinct()
          .toArray();
    }

    int count() {
      return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /** Returns how long they must be: some hold a number for each row. */
    int longest() {
      return Math.max(loop.chunk(), loop.rows());
    }

    float[][] of(int register, float[][] all) {
      int place = Arrays.binarySearch(places, loop.scratch()[register]);
      int first = place == 0 ? 0 : ends[place - 1];
      return Arrays.copyOfRange(all, first, first + loop.arrays()[register]);
    }
  }

  /** Returns for each register the arrays that it lies in; null if they are the plan's. */
  float[][][] arrays(TileProgram loop, Kernels kernels) {
    float[][][] arrays = new float[loop.scratch().length][][];
    float[][] shared = {array};
    OwnArrays own = hasOwnArrays(kernels) ? new OwnArrays(loop) : null;
    for (int i = 0; i < arrays.length; i++) {
      if (loop.scratch()[i] >= 0) {
        arrays[i] = own == null ? shared : own.of(i, this.own);
      }
    }
    return arrays;
  }

  /** Returns for each register where it begins in them, with a margin before and behind. */
  int[] offsets(TileProgram loop, Kernels kernels) {
    int count = loop.scratch().length;
    int[] offsets = new int[CacheLines.MARGIN + count + CacheLines.MARGIN];
    for (int i = 0; i < count && !hasOwnArrays(kernels); i++) {
      int place = loop.scratch()[i];
      offsets[CacheLines.MARGIN + i] = place < 0 ? place : start + place;
    }
    return offsets;
  }
}
