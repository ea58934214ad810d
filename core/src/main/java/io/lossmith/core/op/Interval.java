package io.lossmith.core.op;

/**
 * Between which numbers elements lie, unless they are NaN.
 *
 * @param low none is below
 * @param high none is above
 * @param neverZero whether none is known to be 0
 */
public record Interval(double low, double high, boolean neverZero) {
  /** Where nothing is known. */
  public static final Interval ANY = new Interval(-1 / 0.0, 1 / 0.0, false);

  /** Returns an interval; takes care of what float has no numbers for. */
  public static Interval of(double low, double high, boolean neverZero) {
    double l = Double.isNaN(low) || low == 1 / 0.0 ? -1 / 0.0 : low;
    double h = Double.isNaN(high) || high == -1 / 0.0 ? 1 / 0.0 : high;
    l = l > 0 && l < Float.MIN_NORMAL ? 0 : l;
    h = h < 0 && h > -Float.MIN_NORMAL ? 0 : h;
    return new Interval(l, h, neverZero || l > 0 || h < 0);
  }

  /** Returns an interval of which the ends alone tell whether 0 is in it. */
  public static Interval of(double low, double high) {
    return of(low, high, false);
  }

  /** Returns what holds for elements of either. */
  public Interval or(Interval other) {
    return of(Math.min(low, other.low), Math.max(high, other.high), neverZero && other.neverZero);
  }

  /** Returns the least and the greatest product. */
  Interval times(Interval other) {
    double a = corner(low, other.low);
    double b = corner(low, other.high);
    double c = corner(high, other.low);
    double d = corner(high, other.high);
    return of(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
  }

  /** An end at infinity is never reached, so 0 times it is 0. */
  private static double corner(double a, double b) {
    return a == 0 || b == 0 ? 0 : a * b;
  }
}
