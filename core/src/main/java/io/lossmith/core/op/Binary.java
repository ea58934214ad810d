package io.lossmith.core.op;

import java.util.Locale;

/** Elementwise operations on two operands, which broadcast. Comparisons give 1 or 0. */
public enum Binary implements ElementwiseOp {
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

  /** Tells whether the operands may change places. */
  public boolean commutes() {
    return switch (this) {
      case ADD, MULTIPLY, MAXIMUM, MINIMUM, EQUAL, NOT_EQUAL -> true;
      case SUBTRACT, DIVIDE, POWER, LESS, LESS_EQUAL -> false;
    };
  }

  /** Tells whether the result says how the operands compare: 1 or 0. */
  public boolean isComparison() {
    return switch (this) {
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> true;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, POWER -> false;
    };
  }

  /** Returns where results lie, given where operands do. */
  public Interval of(Interval a, Interval b) {
    return switch (this) {
      case ADD -> Interval.of(a.low() + b.low(), a.high() + b.high());
      case SUBTRACT -> Interval.of(a.low() - b.high(), a.high() - b.low());
      case MULTIPLY -> a.times(b);
      case DIVIDE ->
          a.low() >= 0 && b.low() >= 0
              ? Interval.of(a.low() / b.high(), a.high() / b.low())
              : Interval.ANY;
      case MAXIMUM ->
          Interval.of(
              Math.max(a.low(), b.low()),
              Math.max(a.high(), b.high()),
              a.neverZero() && b.neverZero());
      case MINIMUM ->
          Interval.of(
              Math.min(a.low(), b.low()),
              Math.min(a.high(), b.high()),
              a.neverZero() && b.neverZero());
      case POWER -> a.low() >= 0 ? Interval.of(0, 1 / 0.0) : Interval.ANY;
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> Interval.of(0, 1);
    };
  }

  @Override
  public Rounding rounding() {
    return switch (this) {
      case MAXIMUM, MINIMUM, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> Rounding.EXACT;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE -> Rounding.NEAREST;
      case POWER -> Rounding.APPROXIMATE;
    };
  }

  @Override
  public double element(double[] operands) {
    return apply(operands[0], operands[1]);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.binary(this);
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
