package io.lossmith.core.op;

import java.util.Locale;

/** Elementwise operations on two operands, which broadcast. Comparisons give 1 or 0. */
public enum Binary implements Op {
  /** a + b. */
  ADD {
    @Override
    public double apply(double a, double b) {
      return a + b;
    }
  },
  /** a − b. */
  SUBTRACT {
    @Override
    public double apply(double a, double b) {
      return a - b;
    }
  },
  /** a · b; 0 · ∞ is NaN. */
  MULTIPLY {
    @Override
    public double apply(double a, double b) {
      return a * b;
    }
  },
  /** a / b; 0 / 0 is NaN. */
  DIVIDE {
    @Override
    public double apply(double a, double b) {
      return a / b;
    }
  },
  /** The larger; NaN if one is NaN. Where they tie, each side gets half of the gradient. */
  MAXIMUM {
    @Override
    public double apply(double a, double b) {
      return Math.max(a, b);
    }
  },
  /** The smaller; NaN if one is NaN. Where they tie, each side gets half of the gradient. */
  MINIMUM {
    @Override
    public double apply(double a, double b) {
      return Math.min(a, b);
    }
  },
  /** a to the power b, as {@link Math#pow}. */
  POWER {
    @Override
    public double apply(double a, double b) {
      return Math.pow(a, b);
    }
  },
  /** 1 where a = b, else 0; −0 equals 0, NaN equals nothing. */
  EQUAL {
    @Override
    public double apply(double a, double b) {
      return a == b ? 1 : 0;
    }
  },
  /** 1 where a ≠ b, else 0; NaN differs from everything. */
  NOT_EQUAL {
    @Override
    public double apply(double a, double b) {
      return a != b ? 1 : 0;
    }
  },
  /** 1 where a &lt; b, else 0. */
  LESS {
    @Override
    public double apply(double a, double b) {
      return a < b ? 1 : 0;
    }
  },
  /** 1 where a ≤ b, else 0. */
  LESS_EQUAL {
    @Override
    public double apply(double a, double b) {
      return a <= b ? 1 : 0;
    }
  };

  /** Computes one element. */
  public abstract double apply(double a, double b);

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
