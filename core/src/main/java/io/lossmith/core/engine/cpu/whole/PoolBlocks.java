package io.lossmith.core.engine.cpu.whole;

/**
 * How planes are cut into blocks of slices and rows. What a block's windows touch beyond it is
 * computed again by its neighbours, so the cut is the one with the least of that, among those whose
 * buffers stay in the second-level cache and that keep several threads busy.
 */
final class PoolBlocks {
  /** The longest buffer, in elements; a block has about five. */
  private static final int BUFFER = 1 << 15;

  /** There are at least so many blocks, unless there is too little to do. */
  private static final int BLOCKS = 8;

  private static final int LITTLE = 1 << 12;

  private final int allSlices;
  private final int allRows;
  private final int planes;
  private int slices = 1;
  private int rows = 1;

  private PoolBlocks(int planes, int allSlices, int allRows) {
    this.planes = planes;
    this.allSlices = allSlices;
    this.allRows = allRows;
  }

  /**
   * Cuts.
   *
   * @param planes how many planes there are
   * @param sizes slices and rows of a plane
   * @param moreSlices how many slices a block needs beyond its own
   * @param moreRows how many rows a block needs beyond its own
   * @param rowLength elements of a row in the buffer
   */
  static PoolBlocks of(int planes, int[] sizes, int moreSlices, int moreRows, int rowLength) {
    PoolBlocks best = new PoolBlocks(planes, sizes[0], sizes[1]);
    double leastWork = Double.MAX_VALUE;
    boolean little = (long) planes * sizes[0] * sizes[1] * rowLength < LITTLE;
    for (int slices = 1; slices <= sizes[0]; slices++) {
      for (int rows = 1; rows <= sizes[1]; rows++) {
        PoolBlocks blocks = new PoolBlocks(planes, sizes[0], sizes[1]);
        blocks.slices = slices;
        blocks.rows = rows;
        long buffer = (long) (slices + moreSlices) * (rows + moreRows) * rowLength;
        double work = (double) buffer * blocks.count();
        if (buffer <= BUFFER && (little || blocks.count() >= BLOCKS) && work < leastWork) {
          best = blocks;
          leastWork = work;
        }
      }
    }
    return best;
  }

  /** Returns how many slices a block has, at most. */
  int slices() {
    return slices;
  }

  /** Returns how many rows a block has, at most. */
  int rows() {
    return rows;
  }

  int count() {
    return planes * across() * down();
  }

  private int across() {
    return (allSlices - 1) / slices + 1;
  }

  private int down() {
    return (allRows - 1) / rows + 1;
  }

  int plane(int block) {
    return block / (across() * down());
  }

  int firstSlice(int block) {
    return block / down() % across() * slices;
  }

  int firstRow(int block) {
    return block % down() * rows;
  }
}
