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
  private final float[][] own;

  private WorkerScratch(float[] array, float[][] own) {
    this.array = array;
    this.own = own;
  }

  /** Returns the scratch memory of so many workers for any of these loops. */
  public static WorkerScratch[] of(List<TileProgram> loops, Kernels kernels, int workers) {
    Sizes sizes = Sizes.of(loops, kernels);
    WorkerScratch[] made = new WorkerScratch[workers];
    for (int i = 0; i < workers; i++) {
      made[i] = new WorkerScratch(new float[sizes.size], new float[sizes.registers][sizes.length]);
    }
    return made;
  }

  /** Returns how many floats that is for each worker. */
  public static long floats(List<TileProgram> loops, Kernels kernels) {
    Sizes sizes = Sizes.of(loops, kernels);
    return sizes.size + (long) sizes.registers * sizes.length;
  }

  /**
   * @param size floats of the array for all registers
   * @param registers how many have one of their own
   * @param length floats of each of these
   */
  private record Sizes(int size, int registers, int length) {
    static Sizes of(List<TileProgram> loops, Kernels kernels) {
      int size = 0;
      int registers = 0;
      int longest = 0;
      for (TileProgram loop : loops) {
        if (hasOwnArrays(loop, kernels)) {
          registers = Math.max(registers, places(loop).length);
          longest = Math.max(longest, loop.chunk());
        } else {
          size = Math.max(size, loop.scratchSize());
        }
      }
      return new Sizes(size, registers, CacheLines.lengthApart(longest));
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
    return hasOwnArrays(loop, kernels) ? new int[loop.scratch().length] : loop.scratch().clone();
  }

  /** Returns the places in scratch memory that registers have, in their order. */
  private static int[] places(TileProgram loop) {
    return Arrays.stream(loop.scratch()).filter(place -> place >= 0).sorted().distinct().toArray();
  }
}
