package io.lossmith.losses.kit;

/** The numbers that an option takes. */
public enum NumberRange {
  FINITE("a finite number", -Double.MAX_VALUE, Double.MAX_VALUE),
  AT_LEAST_MINUS_1("≥ -1", -1, Double.MAX_VALUE),
  AT_LEAST_0("≥ 0", 0, Double.MAX_VALUE),
  POSITIVE("> 0", Double.MIN_VALUE, Double.MAX_VALUE),
  POWER("within 0..100", 0, 100),
  POSITIVE_POWER("> 0 and ≤ 100", Double.MIN_VALUE, 100),
  UNIT("within 0..1", 0, 1),
  ABOVE_0_TO_1("> 0 and ≤ 1", Double.MIN_VALUE, 1);

  public final String words;
  private final double low;
  private final double high;

  NumberRange(String words, double low, double high) {
    this.words = words;
    this.low = low;
    this.high = high;
  }

  /** Tells whether the number is one of them; NaN never is. */
  public boolean holds(double number) {
    return number >= low && number <= high;
  }

  /** Returns what a number must be, which is computed with in 32 bits. */
  public String words(double number) {
    return holds(number) ? words + ", and at most 3.4e38" : words;
  }
}
