package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to run the instructions of one loop: where each register of the current
 * tile lies. Registers are either scratch memory or stretches of the arrays themselves.
 */
public final class TileWorker extends TilePlace.Behind {
  /** Where registers on arrays lie. */
  final RunMemory memory;

  /** Where each of the others lies: in one array, or its rows in one each. */
  final float[][][] scratch;

  /** Where in its array the current tile of each register begins, from a margin on. */
  final int[] offsets;

  /** Where in its array each view begins at the current place of the axes around the tiles. */
  final int[] bases;

  /** Where partial folds of all tiles go. */
  final double[] partials;

  final TileLabels labels = new TileLabels(this);

  /** What the loop of a whole pass is handed. */
  PassInstruction.@Nullable Arguments arguments;

  TileWorker(
      TileProgram program,
      Kernels kernels,
      RunMemory memory,
      WorkerScratch scratch,
      double[] partials) {
    this.memory = memory;
    this.scratch = scratch.arrays(program, kernels);
    this.partials = partials;
    this.bases = new int[program.views().size()];
    this.offsets = scratch.offsets(program, kernels);
  }

  /** Returns how many places along the column the current tile has. */
  public int places() {
    return n;
  }

  /** Returns the array in which folds of the current tile go from {@link #slot} on. */
  public double[] partials() {
    return partials;
  }

  /** Returns where the folds of the current tile begin. */
  public int slot() {
    return slot;
  }

  /** Returns what the instruction that runs needs to know of the rows' labels. */
  public TileLabels labels() {
    return labels;
  }
}
