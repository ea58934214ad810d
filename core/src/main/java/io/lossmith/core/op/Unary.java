package io.lossmith.core.op;

import java.util.Locale;

/**
 * Elementwise operations on one operand. Each holds its formula: that formula, in double, is the
 * reference that every engine is judged by.
 */
public enum Unary implements Op {
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

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
