package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.CacheLines;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * Scratch memory of one worker, which all loops of a run share: an array for all registers of a
 * loop, or, where the compiler makes vectors only of loops in which all arrays are read at the same
 * index, one for each, at whose start the register lies.
 */
public final class WorkerScratch {
  private final float[] array;
  private final int start;
  private final float[][] own;

  /**
   * @param start where this worker's part of the array begins
   */
  private WorkerScratch(float[] array, int start, float[][] own) {
    this.array = array;
    this.start = start;
    this.own = own;
  }

  /** Returns the scratch memory of so many workers for any of these loops. */
  public static WorkerScratch[] of(List<TileProgram> loops, Kernels kernels, int workers) {
    Sizes sizes = Sizes.of(loops, kernels);
    float[] shared = new float[sizes.ofAll(workers)];
    WorkerScratch[] made = new WorkerScratch[workers];
    for (int i = 0; i < workers; i++) {
      int start = CacheLines.FIRST + i * sizes.size;
      made[i] = new WorkerScratch(shared, start, new float[sizes.registers][sizes.length]);
    }
    return made;
  }

  /** Returns how many floats that is, for all workers. */
  public static long floats(List<TileProgram> loops, Kernels kernels, int workers) {
    Sizes sizes = Sizes.of(loops, kernels);
    return sizes.ofAll(workers) + (long) workers * sizes.registers * sizes.length;
  }

  /**
   * @param size floats of a worker for all registers that lie in one array
   * @param isPlaced whether much goes through them, so that they should lie on whole lines
   * @param registers how many have an array of their own
   * @param length floats of each of these
   */
  private record Sizes(int size, boolean isPlaced, int registers, int length) {
    /** An array of so many floats is no burden beside what such a loop reads and writes. */
    private static final int LARGE_LOOP = 1 << 18;

    static Sizes of(List<TileProgram> loops, Kernels kernels) {
      int size = 0;
      boolean isLarge = false;
      int registers = 0;
      int longest = 0;
      for (TileProgram loop : loops) {
        if (hasOwnArrays(loop, kernels)) {
          registers = Math.max(registers, places(loop).length);
          longest = Math.max(longest, loop.chunk());
        } else {
          size = Math.max(size, loop.scratchSize());
          long elements = (long) loop.tiles() * loop.rows() * loop.chunk();
          isLarge |= loop.scratchSize() > 0 && elements >= LARGE_LOOP;
        }
      }
      int lines = CacheLines.whole(size);
      return new Sizes(lines, isLarge, registers, CacheLines.lengthApart(longest));
    }

    /** Returns the floats of the array that all workers share. */
    int ofAll(int workers) {
      int all = Math.addExact(CacheLines.FIRST, Math.multiplyExact(workers, size));
      return isPlaced ? Math.max(all, CacheLines.placed()) : all;
    }
  }

  /** Rows of a register lie behind one another; so they begin where only the first can begin. */
  private static boolean hasOwnArrays(TileProgram loop, Kernels kernels) {
    return kernels.lanes() == 1 && loop.rows() == 1;
  }

  /** Returns for each register the array that it lies in, if that is none of the plan's. */
  float[][] arrays(TileProgram loop, Kernels kernels) {
    float[][] arrays = new float[loop.scratch().length][];
    if (hasOwnArrays(loop, kernels)) {
      int[] places = places(loop);
      for (int i = 0; i < arrays.length; i++) {
        int place = loop.scratch()[i];
        arrays[i] = place < 0 ? array : own[Arrays.binarySearch(places, place)];
      }
    } else {
      Arrays.fill(arrays, array);
    }
    return arrays;
  }

  /** Returns for each register where it begins in that array. */
  int[] offsets(TileProgram loop, Kernels kernels) {
    return hasOwnArrays(loop, kernels)
        ? new int[loop.scratch().length]
        : Arrays.stream(loop.scratch()).map(place -> place < 0 ? place : start + place).toArray();
  }

  /** Returns the places in scratch memory that registers have, in their order. */
  private static int[] places(TileProgram loop) {
    return Arrays.stream(loop.scratch()).filter(place -> place >= 0).sorted().distinct().toArray();
  }
}
