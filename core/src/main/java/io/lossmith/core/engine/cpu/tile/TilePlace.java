package io.lossmith.core.engine.cpu.tile;

/**
 * What a worker writes for each tile, with a cache line of nothing before it and behind it: see
 * {@link io.lossmith.core.engine.cpu.kernel.CacheLines#MARGIN}. Java lays the fields of a class
 * behind those that it inherits.
 */
final class TilePlace {
  private TilePlace() {}

  /** Nothing: eight longs are a line. */
  abstract static class Before {
    long before0;
    long before1;
    long before2;
    long before3;
    long before4;
    long before5;
    long before6;
    long before7;
  }

  /** Where the tile is. */
  abstract static class Place extends Before {
    /** The place of the axes around the tiles; none at first. */
    int outer = -1;

    /** Where the tile's partial folds begin. */
    int slot;

    /** How many places along the column it has. */
    int n;
  }

  /** Nothing. */
  abstract static class Behind extends Place {
    long behind0;
    long behind1;
    long behind2;
    long behind3;
    long behind4;
    long behind5;
    long behind6;
    long behind7;
  }
}
