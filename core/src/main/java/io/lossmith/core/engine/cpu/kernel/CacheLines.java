package io.lossmith.core.engine.cpu.kernel;

/**
 * Where arrays of floats lie on cache lines. Java puts {@value #HEADER} floats' length before the
 * elements, and begins an array at any eighth of a line; a vector that crosses from one line to the
 * next takes twice as long to load and to store.
 */
public final class CacheLines {
  private static final int LINE = 16;
  private static final int HEADER = 4;

  /**
   * So many elements before each whole number of lines, a line begins in an array that begins at
   * the start of one.
   */
  public static final int BEFORE = HEADER;

  /**
   * A load from the place in a page of a store just made would wait for that; so arrays of about a
   * page are kept so many lines farther apart.
   */
  private static final int BETWEEN = 8;

  private static final int PAGE = 1024;

  /**
   * The first element of a {@link #placed} array to be used: a line begins there, and other large
   * arrays, which begin as it does, are half a page away. A load from the place in a page of a
   * store just made, a little before it, would wait for that.
   */
  public static final int FIRST = PAGE / 2 + LINE - HEADER;

  /**
   * So many elements of four bytes are left unused before and behind what a thread writes tile
   * after tile. The garbage collector lays objects of several threads side by side, and each write
   * takes the line, with whatever else is on it, from the other thread's cache.
   */
  public static final int MARGIN = LINE;

  private static final long MEGABYTE = 1 << 20;

  private CacheLines() {}

  /**
   * Returns how long an array must be at least to lie at a known place: G1, which Java takes where
   * there is memory enough, begins what is longer than half of its regions at the start of one and
   * never moves it. Other collectors lay it anywhere. Regions are a 2048th of the largest heap.
   */
  public static int placed() {
    long region = Long.highestOneBit(Runtime.getRuntime().maxMemory() / 1024 - 1); // rounded up
    return (int) (Math.max(MEGABYTE, Math.min(32 * MEGABYTE, region)) / 2 / Float.BYTES);
  }

  /**
   * Tells whether stretches of so many elements behind one another begin at the same place of a
   * line.
   */
  public static boolean isWhole(int elements) {
    return elements % LINE == 0;
  }

  /** Returns the least number of whole lines for so many elements, in floats. */
  public static int whole(int elements) {
    return (elements + LINE - 1) / LINE * LINE;
  }

  /**
   * Returns the least length of an array for so many elements that is whole lines with what Java
   * puts before them: where such arrays lie behind one another they begin at the same place of a
   * line, so loops that are aligned to one are aligned to all.
   */
  public static int length(int elements) {
    return whole(elements + HEADER) - HEADER;
  }

  /** Returns such a length that also keeps arrays from lying a page apart. */
  public static int lengthApart(int elements) {
    return length(elements) + BETWEEN * LINE;
  }
}
