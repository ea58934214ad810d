package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.DistanceLoops;

/** Distances whose squares are whole numbers: of neighbours that are 1 apart. */
final class WholeDistances implements Distances {
  /** Floats hold all whole numbers up to this. */
  private static final double MOST = 1 << 24;

  private final int slices;
  private final int rows;
  private final int columns;
  private final DistanceLoops loops;
  private final int[] squares;
  private final int[] line;

  /**
   * Prepares for planes of a size.
   *
   * @param size slices, rows and columns
   */
  WholeDistances(int[] size, DistanceLoops loops) {
    this.slices = size[0];
    this.rows = size[1];
    this.columns = size[2];
    this.loops = loops;
    squares = new int[rows * columns];
    line = new int[rows];
  }

  /** Tells whether distances within such a plane are such. */
  static boolean fits(int[] size, double[] spacing) {
    double most = 0;
    boolean isWhole = true;
    for (int axis = 0; axis < size.length; axis++) {
      most += (double) size[axis] * size[axis];
      isWhole &= size[axis] == 1 || spacing[axis] == 1;
    }
    return isWhole && most <= MOST;
  }

  @Override
  public void count(float[] x, float[] counts, int top, int n) {
    int below = rows * columns;
    int done = loops.count(x, counts, top, slices, below, n);
    SliceCounts.count(x, counts, top + done, slices, below, n - done, DistanceLoops.FAR_COUNT);
  }

  @Override
  public void finish(float[] counts, int at) {
    loops.square(counts, at, squares, 0, squares.length);
    for (int column = 0; rows > 1 && column < columns; column++) {
      alongColumn(column);
    }
    for (int row = 0; row < rows; row++) {
      loops.nearest(squares, row * columns, columns);
    }
    loops.root(squares, 0, counts, at, squares.length);
  }

  private void alongColumn(int column) {
    for (int row = 0; row < rows; row++) {
      line[row] = squares[row * columns + column];
    }
    loops.nearest(line, 0, rows);
    for (int row = 0; row < rows; row++) {
      squares[row * columns + column] = line[row];
    }
  }
}
