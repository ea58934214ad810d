package io.lossmith.core.engine.cpu.kernel;

/**
 * Lengths of arrays of floats that are whole cache lines with what Java puts before the elements:
 * where such arrays lie behind one another they begin at the same place of a line, so loops that
 * are aligned to one are aligned to all.
 */
public final class CacheLines {
  private static final int LINE = 16;
  private static final int HEADER = 4;

  /**
   * A load from the place in a page of a store just made would wait for that; so arrays of about a
   * page are kept so many lines farther apart.
   */
  private static final int BETWEEN = 8;

  private CacheLines() {}

  /** Returns the least such length for so many elements. */
  public static int length(int elements) {
    return (elements + HEADER + LINE - 1) / LINE * LINE - HEADER;
  }

  /** Returns a length that also keeps arrays from lying a page apart. */
  public static int lengthApart(int elements) {
    return length(elements) + BETWEEN * LINE;
  }
}
