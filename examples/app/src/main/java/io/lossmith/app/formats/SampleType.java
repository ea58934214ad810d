package io.lossmith.app.formats;

/**
 * What a stored number is.
 *
 * @param bits of a number
 * @param kind how the bits are meant
 */
public record SampleType(int bits, Kind kind) {
  /** How the bits of a number are meant. */
  public enum Kind {
    /** Whole, from 0. */
    UNSIGNED,

    /** Whole, below 0 too. */
    SIGNED,

    /** A floating-point number, taken as it is. */
    DECIMAL
  }

  /** Returns the type of whole numbers from 0. */
  public static SampleType unsigned(int bits) {
    return new SampleType(bits, Kind.UNSIGNED);
  }

  /** Returns whether numbers have decimals. */
  public boolean isDecimal() {
    return kind == Kind.DECIMAL;
  }

  /** Returns the stored number that is white: the greatest, or 1 where there are decimals. */
  public double white() {
    return switch (kind) {
      case UNSIGNED -> Math.scalb(1.0, bits) - 1;
      case SIGNED -> Math.scalb(1.0, bits - 1) - 1;
      case DECIMAL -> 1;
    };
  }

  /** Returns the least number that can be stored; 0 where there are decimals. */
  public double least() {
    return kind == Kind.SIGNED ? -Math.scalb(1.0, bits - 1) : 0;
  }
}
