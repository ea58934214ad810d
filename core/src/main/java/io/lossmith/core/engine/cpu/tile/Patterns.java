package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.PatternKernels;
import io.lossmith.core.engine.cpu.kernel.Quotient;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;

/** Instructions that do several operations at once. */
final class Patterns {
  private Patterns() {}

  /** An operand within two numbers. */
  static final class Clamped extends Elementwise {
    private final Register a;
    private final float low;
    private final float high;

    Clamped(Register a, float low, float high, Register out, int rows, int chunk) {
      super(out, rows, chunk, a);
      this.a = a;
      this.low = low;
      this.high = high;
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] o = out.array(w);
      kernels.patterns().clamp(a.array(w), a.offset(w, row), low, high, o, out.offset(w, row), n);
    }
  }

  /**
   * 1 where an operand is not in a range, else 0. Checks are sums of it, which {@link Folds.Tile}
   * counts without this; it is seldom needed alone, so there is no faster loop for it.
   */
  static final class Outside extends Elementwise {
    private final ValueRange range;
    private final Register a;

    Outside(ValueRange range, Register a, Register out, int rows, int chunk) {
      super(out, rows, chunk, a);
      this.range = range;
      this.a = a;
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] x = a.array(w);
      int xo = a.offset(w, row);
      float[] o = out.array(w);
      int oo = out.offset(w, row);
      for (int i = 0; i < n; i++) {
        o[oo + i] = range.holds(x[xo + i]) ? 0 : 1;
      }
    }
  }

  /** A logarithm of an operand, at least some number. */
  static final class Log extends Elementwise {
    private final Unary op;
    private final Register a;
    private final float low;

    Log(Unary op, Register a, float low, Register out, int rows, int chunk) {
      super(out, rows, chunk, a);
      this.op = op;
      this.a = a;
      this.low = low;
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] o = out.array(w);
      kernels.patterns().logarithm(op, a.array(w), a.offset(w, row), low, o, out.offset(w, row), n);
    }
  }

  /** A guarded quotient; all three operands are stretches. */
  static final class Division extends Elementwise {
    private final Quotient quotient;
    private final Register a;
    private final Register b;
    private final Register c;

    Division(
        Quotient quotient, Register a, Register b, Register c, Register out, int rows, int chunk) {
      super(out, rows, chunk, a, b, c);
      this.quotient = quotient;
      this.a = a;
      this.b = b;
      this.c = c;
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] x = b.array(w);
      int xo = b.offset(w, row);
      float[] y = c.array(w);
      int yo = c.offset(w, row);
      float[] o = out.array(w);
      int oo = out.offset(w, row);
      kernels.patterns().quotient(quotient, a.array(w), a.offset(w, row), x, xo, y, yo, o, oo, n);
    }
  }

  /** g · p · (1 − p); both operands are stretches. */
  static final class SigmoidSlope extends Elementwise {
    private final Register g;
    private final Register p;

    SigmoidSlope(Register g, Register p, Register out, int rows, int chunk) {
      super(out, rows, chunk, g, p);
      this.g = g;
      this.p = p;
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] o = out.array(w);
      int oo = out.offset(w, row);
      kernels
          .patterns()
          .sigmoidSlope(g.array(w), g.offset(w, row), p.array(w), p.offset(w, row), o, oo, n);
    }
  }

  /** c − a · b, where a is a stretch. */
  static final class MultiplyFrom extends Elementwise {
    private final Register a;
    private final Register b;
    private final Register c;
    private final boolean factor;
    private final boolean from;

    MultiplyFrom(Register a, Register b, Register c, Register out, int rows, int chunk) {
      super(out, rows, chunk, a, b, c);
      this.a = a;
      this.b = b;
      this.c = c;
      factor = isStretch(b, out);
      from = isStretch(c, out);
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      PatternKernels patterns = kernels.patterns();
      float[] x = a.array(w);
      int xo = a.offset(w, row);
      float[] o = out.array(w);
      int oo = out.offset(w, row);
      if (factor && from) {
        patterns.multiplyFrom(
            x, xo, b.array(w), b.offset(w, row), c.array(w), c.offset(w, row), o, oo, n);
      } else if (factor) {
        patterns.multiplyFrom(x, xo, b.array(w), b.offset(w, row), c.at(w, row), o, oo, n);
      } else if (from) {
        kernels.multiplyAdd(x, xo, -b.at(w, row), c.array(w), c.offset(w, row), o, oo, n);
      } else {
        kernels.multiplyAdd(x, xo, -b.at(w, row), c.at(w, row), o, oo, n);
      }
    }
  }
}
