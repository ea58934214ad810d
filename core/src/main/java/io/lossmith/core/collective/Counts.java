package io.lossmith.core.collective;

/** How many numbers of an array are exchanged. */
final class Counts {
  private Counts() {}

  /** Throws if an array does not have so many. */
  static void require(int count, int length) {
    if (count < 0 || count > length) {
      throw new IllegalArgumentException(
          "collective: count is " + count + ", must be 0.." + length + ", as many as there are");
    }
  }
}
