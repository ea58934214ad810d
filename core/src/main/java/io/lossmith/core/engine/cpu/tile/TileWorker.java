package io.lossmith.core.engine.cpu.tile;

import java.nio.FloatBuffer;

/**
 * What one thread needs to run the instructions of one loop: where each register of the current
 * tile lies. Registers are either scratch memory or stretches of the arrays themselves.
 */
public final class TileWorker {
  /** The array of each register; null where it lies on a buffer of the caller's. */
  final float[][] arrays;

  /** That buffer; only transfers look here. */
  final FloatBuffer[] buffers;

  /** At which index of the buffer what the register lies on begins. */
  final int[] starts;

  /** Where in its array the current tile of each register begins. */
  final int[] offsets;

  /** Where in its array each view begins at the current place of the axes around the tiles. */
  final int[] bases;

  /** That place; none at first. */
  int outer = -1;

  /** Where partial folds of all tiles go. */
  double[] partials;

  int slot;

  final TileLabels labels = new TileLabels(this);

  int n;

  TileWorker(int registers, int views) {
    bases = new int[views];
    arrays = new float[registers][];
    buffers = new FloatBuffer[registers];
    starts = new int[registers];
    offsets = new int[registers];
    partials = new double[0];
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
