package io.lossmith.core.op;

import java.util.Locale;

/**
 * Elementwise operations on one operand. Each holds its formula: that formula, in double, is the
 * reference that every engine is judged by.
 */
public enum Unary implements ElementwiseOp {
  /** −x. */
  NEGATE {
    @Override
    public double apply(double x) {
      return -x;
    }
  },
  /** |x|; its slope at 0 is 0. */
  ABS {
    @Override
    public double apply(double x) {
      return Math.abs(x);
    }
  },
  /** −1, 0 or 1 by the sign; NaN stays NaN; its slope is 0 everywhere. */
  SIGN {
    @Override
    public double apply(double x) {
      return Math.signum(x);
    }
  },
  /** max(x, 0); its slope at 0 is 0; NaN stays NaN. */
  RELU {
    @Override
    public double apply(double x) {
      return x > 0 || Double.isNaN(x) ? x : 0;
    }
  },
  /** x². */
  SQUARE {
    @Override
    public double apply(double x) {
      return x * x;
    }
  },
  /** √x; NaN below 0. */
  SQRT {
    @Override
    public double apply(double x) {
      return Math.sqrt(x);
    }
  },
  /** 1/x. */
  RECIPROCAL {
    @Override
    public double apply(double x) {
      return 1 / x;
    }
  },
  /** eˣ. */
  EXP {
    @Override
    public double apply(double x) {
      return Math.exp(x);
    }
  },
  /** ln x; −∞ at 0 and NaN below. */
  LOG {
    @Override
    public double apply(double x) {
      return Math.log(x);
    }
  },
  /** ln(1 + x), exact for small x. */
  LOG1P {
    @Override
    public double apply(double x) {
      return Math.log1p(x);
    }
  },
  /** 1 / (1 + e⁻ˣ), without overflow. */
  SIGMOID {
    @Override
    public double apply(double x) {
      double e = Math.exp(-Math.abs(x));
      return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
  },
  /** ln(1 + eˣ), without overflow. */
  SOFTPLUS {
    @Override
    public double apply(double x) {
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
  },
  /** The hyperbolic tangent. */
  TANH {
    @Override
    public double apply(double x) {
      return Math.tanh(x);
    }
  },
  /** The arc tangent, in radians. */
  ATAN {
    @Override
    public double apply(double x) {
      return Math.atan(x);
    }
  },
  /** The greatest whole number not above x; its slope is 0 everywhere. */
  FLOOR {
    @Override
    public double apply(double x) {
      return Math.floor(x);
    }
  },
  /** The nearest whole number, the even one at a tie; its slope is 0 everywhere. */
  RINT {
    @Override
    public double apply(double x) {
      return Math.rint(x);
    }
  };

  /** Computes one element. */
  public abstract double apply(double x);

  /** Returns where results lie, given where operands do. */
  public Interval of(Interval x) {
    return switch (this) {
      case NEGATE -> Interval.of(-x.high(), -x.low(), x.neverZero());
      case ABS ->
          Interval.of(least(x), Math.max(Math.abs(x.low()), Math.abs(x.high())), x.neverZero());
      case SIGN, TANH -> Interval.of(-1, 1);
      case RELU -> Interval.of(Math.max(0, x.low()), Math.max(0, x.high()));
      case SQUARE -> Interval.of(least(x) * least(x), 1 / 0.0);
      case SQRT -> Interval.of(Math.sqrt(Math.max(0, x.low())), Math.sqrt(x.high()), x.neverZero());
      case RECIPROCAL -> x.low() > 0 ? Interval.of(1 / x.high(), 1 / x.low()) : Interval.ANY;
      case EXP -> ascending(x);
      case LOG -> x.low() > 0 ? ascending(x) : Interval.ANY;
      case LOG1P -> x.low() > -1 ? ascending(x) : Interval.ANY;
      case SIGMOID -> Interval.of(apply(x.low()), 1);
      case SOFTPLUS -> Interval.of(apply(x.low()), 1 / 0.0);
      case ATAN -> Interval.of(-Math.PI / 2, Math.PI / 2);
      case FLOOR, RINT -> ascending(x);
    };
  }

  private Interval ascending(Interval x) {
    return Interval.of(apply(x.low()), apply(x.high()));
  }

  private static double least(Interval x) {
    return Math.max(0, Math.max(x.low(), -x.high()));
  }

  /** Tells whether no result is below 0; NaN may be among them. */
  public boolean isNotNegative() {
    return of(Interval.ANY).low() >= 0;
  }

  @Override
  public Rounding rounding() {
    return switch (this) {
      case NEGATE, ABS, SIGN, RELU, FLOOR, RINT -> Rounding.EXACT;
      case SQUARE, SQRT, RECIPROCAL -> Rounding.NEAREST;
      case EXP, LOG, LOG1P, SIGMOID, SOFTPLUS, TANH, ATAN -> Rounding.APPROXIMATE;
    };
  }

  @Override
  public double element(double[] operands) {
    return apply(operands[0]);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.unary(this);
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
