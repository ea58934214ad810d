package io.lossmith.core.engine.cpu.whole;

/** Positions that are written as floats. */
final class Positions {
  private Positions() {}

  /** Returns a position as a whole number, −1 where it is not one of 0 to length − 1. */
  static int of(float given, int length) {
    int position = (int) given;
    return position == given && position >= 0 && position < length ? position : -1;
  }
}
