package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * Scratch memory of one worker, which all loops of a run share: an array for all registers of a
 * loop, or, where the compiler makes vectors only of loops in which all arrays are read at the same
 * index, one for each, at whose start the register lies.
 */
public final class WorkerScratch {
  /**
   * With what Java puts before the elements, arrays are whole cache lines long, so that they begin
   * at the same place of a line where they lie behind one another; and a few lines longer than a
   * page, for a load from the place in a page of a store just made waits for that.
   */
  private static final int LINE = 16;

  private static final int HEADER = 4;
  private static final int LINES_BETWEEN = 8;

  private final float[] array;
  private final float[][] own;

  private WorkerScratch(float[] array, float[][] own) {
    this.array = array;
    this.own = own;
  }

  /** Returns the scratch memory of so many workers for any of these loops. */
  public static WorkerScratch[] of(List<TileProgram> loops, Kernels kernels, int workers) {
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
    int lines = (longest + HEADER + LINE - 1) / LINE + LINES_BETWEEN;
    WorkerScratch[] made = new WorkerScratch[workers];
    for (int i = 0; i < workers; i++) {
      made[i] = new WorkerScratch(new float[size], new float[registers][lines * LINE - HEADER]);
    }
    return made;
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
