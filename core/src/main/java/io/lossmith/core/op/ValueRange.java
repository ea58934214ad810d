package io.lossmith.core.op;

import org.jspecify.annotations.Nullable;

/**
 * Which numbers are allowed: those within {@code low..high}, both included, and what is let through
 * besides. Its bounds are floats, as all numbers are that engines compare them with.
 *
 * @param low the least number
 * @param high the greatest number
 * @param whole whether numbers must be whole
 * @param allowsNaN whether NaN is allowed too
 * @param except one number that is allowed besides (an ignore index), or null
 */
public record ValueRange(
    float low, float high, boolean whole, boolean allowsNaN, @Nullable Float except) {
  /** Returns the range from one number to another. */
  public static ValueRange of(double low, double high) {
    return new ValueRange((float) low, (float) high, false, false, null);
  }

  /** Returns the whole numbers of this range. */
  public ValueRange wholeNumbers() {
    return new ValueRange(low, high, true, allowsNaN, except);
  }

  /** Returns this range and NaN. */
  public ValueRange orNaN() {
    return new ValueRange(low, high, whole, true, except);
  }

  /** Returns this range and one more number. */
  public ValueRange or(double number) {
    return new ValueRange(low, high, whole, allowsNaN, (float) number);
  }

  /** Tells whether a number is allowed. */
  public boolean holds(double x) {
    if (Double.isNaN(x)) {
      return allowsNaN;
    }
    return (x >= low && x <= high && (!whole || x == Math.rint(x)))
        || (except != null && x == except);
  }

  /** Returns the range in words: {@code whole 0..5 or 255}. */
  @Override
  public String toString() {
    return (whole ? "whole " : "")
        + text(low)
        + ".."
        + text(high)
        + (except == null ? "" : " or " + text(except))
        + (allowsNaN ? " or NaN" : "");
  }

  private static String text(float number) {
    return new Leaf.Scalar(number).label();
  }
}
