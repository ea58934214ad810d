package io.lossmith.autodiff.optimizer;

/** What numbers that users give must be, and the words for it. */
final class Numbers {
  private Numbers() {}

  static boolean isRate(double value) {
    return value >= 0 && value <= Double.MAX_VALUE;
  }

  /** Returns a learning rate, or says what is wrong with it. */
  static double rate(String who, String name, double value) {
    return require(who, name, value, isRate(value), "≥ 0 and finite");
  }

  /** Returns a number of 0 or more and below 1, or says what is wrong with it. */
  static double below1(String who, String name, double value) {
    return require(who, name, value, value >= 0 && value < 1, "≥ 0 and < 1");
  }

  /** Returns a finite number above 0, or says what is wrong with it. */
  static double positive(String who, String name, double value) {
    return require(who, name, value, value > 0 && value <= Double.MAX_VALUE, "> 0 and finite");
  }

  /** Returns a number, or says what is wrong with it. */
  static double require(String who, String name, double value, boolean holds, String must) {
    if (!holds) {
      throw new IllegalArgumentException(who + ": " + name + " is " + value + ", must be " + must);
    }
    return value;
  }

  /** Returns a whole number, or says what is wrong with it. */
  static int atLeast(String who, String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          who + ": " + name + " is " + value + ", must be ≥ " + least);
    }
    return value;
  }
}
