package io.lossmith.core.engine.cpu.whole;

/** Whole numbers that are ordered as floats are. */
final class SortKeys {
  private SortKeys() {}

  /** Returns a number that is ordered as the float is: −0 as 0, every NaN as the greatest. */
  static int of(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }
}
