package io.lossmith.core.engine.cpu.simd;

/** Elements of two vectors put together anew. */
final class PairShuffles {
  /**
   * Whether this Java makes no objects for that, seen for 25. Java 17 makes some for each vector,
   * which costs more than the vectors gain.
   */
  static final boolean ARE_FAST = Runtime.version().feature() >= 25;

  private PairShuffles() {}
}
