package io.lossmith.core.engine.cpu.tile;

/**
 * What one thread needs to run the instructions of one loop: where each register of the current
 * tile lies. Registers are either scratch memory or stretches of the arrays themselves.
 */
final class TileWorker {
  /** The array of each register. */
  final float[][] arrays;

  /** Where in its array the current tile of each register begins. */
  final int[] offsets;

  /** Where in its array each view begins at the current place of the axes around the tiles. */
  final int[] bases;

  /** That place; none at first. */
  int outer = -1;

  /** Where partial folds of all tiles go. */
  double[] partials;

  /** Where those of the current tile go. */
  int slot;

  /** What the instruction that runs needs to know of the rows' labels. */
  final TileLabels labels = new TileLabels(this);

  /** How many places along the column the current tile has. */
  int n;

  TileWorker(int registers, int views) {
    bases = new int[views];
    arrays = new float[registers][];
    offsets = new int[registers];
    partials = new double[0];
  }
}
