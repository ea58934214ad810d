package io.lossmith.core.op;

import java.util.Locale;

/** How a {@link AxisFold} joins the elements along its axes. */
public enum Fold {
  /** The sum; 0 of nothing. Engines add within a tile in float and across tiles in double. */
  SUM(0) {
    @Override
    public double apply(double a, double b) {
      return a + b;
    }
  },
  /** The largest; −∞ of nothing, NaN if any is NaN. Ties share the gradient equally. */
  MAX(Double.NEGATIVE_INFINITY) {
    @Override
    public double apply(double a, double b) {
      return Math.max(a, b);
    }
  },
  /** The smallest; ∞ of nothing, NaN if any is NaN. Ties share the gradient equally. */
  MIN(Double.POSITIVE_INFINITY) {
    @Override
    public double apply(double a, double b) {
      return Math.min(a, b);
    }
  };

  private final double start;

  Fold(double start) {
    this.start = start;
  }

  /** Returns the fold of nothing. */
  public double start() {
    return start;
  }

  /** Joins two elements or partial folds. */
  public abstract double apply(double a, double b);

  /** Returns the name in small letters. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
