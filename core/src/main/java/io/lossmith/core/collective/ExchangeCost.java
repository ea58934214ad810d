package io.lossmith.core.collective;

/**
 * What an exchange costs. Of few bytes each worker sends all to each: one way through the network.
 * Of many each sends to each the part that this one joins, and gets the joined parts: two ways.
 */
final class ExchangeCost {
  /** Up to so many bytes the way is what takes time. */
  private static final long SMALL = 1 << 14;

  private ExchangeCost() {}

  static boolean isSmall(long bytes) {
    return bytes <= SMALL;
  }

  private static void require(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "collective: bytes is " + bytes + ", must be 0 or more, as many as there are");
    }
  }

  /** Returns how often a worker waits for the others. */
  static int rounds(long bytes, int workers) {
    require(bytes);
    return workers == 1 ? 0 : isSmall(bytes) ? 1 : 2;
  }

  /** Returns how many bytes a worker sends; it receives about as many. */
  static long sent(long bytes, int workers) {
    require(bytes);
    return isSmall(bytes) ? bytes * (workers - 1) : 2 * bytes * (workers - 1) / workers;
  }
}
