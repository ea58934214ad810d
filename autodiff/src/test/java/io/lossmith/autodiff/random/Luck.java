package io.lossmith.autodiff.random;

import java.util.Random;

/** Random sources that have nothing to do with each other. */
final class Luck {
  private Luck() {}

  /** Returns the source of this purpose; {@link Random} alone makes much the same of near seeds. */
  static Random of(long seed, int purpose) {
    long h = (seed * 1_000_003 + purpose) * 0x9E3779B97F4A7C15L;
    h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
    return new Random(h ^ h >>> 31);
  }
}
