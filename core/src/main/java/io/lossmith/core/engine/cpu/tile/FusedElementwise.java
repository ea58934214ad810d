package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;

/** Elementwise instructions that compute several operations at once. */
final class FusedElementwise {
  private FusedElementwise() {}

  /** The sigmoid of one operand, and the softplus of minus its size. */
  static final class Logistic extends Elementwise {
    private final Register a;
    private final Register softplus;

    Logistic(Register a, Register out, Register softplus, int rows, int chunk) {
      super(out, rows, chunk, a, softplus);
      this.a = a;
      this.softplus = softplus;
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      kernels.logistic(
          a.array(w),
          a.offset(w, row),
          out.array(w),
          out.offset(w, row),
          softplus.array(w),
          softplus.offset(w, row),
          n);
    }
  }

  /** e^(a − m) · s, where all rows share m and s. */
  static final class ScaledExp extends Elementwise {
    private final Register a;
    private final Register m;
    private final Register s;

    ScaledExp(Register a, Register m, Register s, Register out, int rows, int chunk) {
      super(out, rows, chunk, a, m, s);
      this.a = a;
      this.m = m;
      this.s = s;
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      kernels.scaledExp(
          a.array(w),
          a.offset(w, row),
          m.array(w),
          m.offset(w, row),
          s.array(w),
          s.offset(w, row),
          out.array(w),
          out.offset(w, row),
          n);
    }
  }

  /** A choice between two numbers of each row, by whether the label of a place is the row's. */
  static final class ChoiceAtLabel extends Elementwise {
    private final Register label;
    private final Register sought;
    private final Register a;
    private final Register b;

    ChoiceAtLabel(
        Register label,
        Register sought,
        Register a,
        Register b,
        Register out,
        int rows,
        int chunk) {
      super(out, rows, chunk, label, sought, a, b);
      this.label = label;
      this.sought = sought;
      this.a = a;
      this.b = b;
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      kernels
          .labels()
          .choose(
              label.array(w),
              label.offset(w, row),
              sought.at(w, row),
              a.at(w, row),
              b.at(w, row),
              out.array(w),
              out.offset(w, row),
              n);
    }
  }

  /** a · b + c, where a is a stretch; or a · b − c, where c is a single number. */
  static final class MultiplyAdd extends Elementwise {
    private final Register a;
    private final Register b;
    private final Register c;
    private final float sign;
    private final boolean factor;
    private final boolean addend;

    MultiplyAdd(Register a, Register b, Register c, float sign, Register out, int rows, int chunk) {
      super(out, rows, chunk, a, b, c);
      this.a = a;
      this.b = b;
      this.c = c;
      this.sign = sign;
      factor = Elementwise.isStretch(b, out);
      addend = Elementwise.isStretch(c, out);
    }

    @Override
    void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] x = a.array(w);
      int xo = a.offset(w, row);
      float[] o = out.array(w);
      int oo = out.offset(w, row);
      if (factor && addend) {
        kernels.multiplyAdd(
            x, xo, b.array(w), b.offset(w, row), c.array(w), c.offset(w, row), o, oo, n);
      } else if (factor) {
        kernels.multiplyAdd(x, xo, b.array(w), b.offset(w, row), sign * c.at(w, row), o, oo, n);
      } else if (addend) {
        kernels.multiplyAdd(x, xo, b.at(w, row), c.array(w), c.offset(w, row), o, oo, n);
      } else {
        kernels.multiplyAdd(x, xo, b.at(w, row), sign * c.at(w, row), o, oo, n);
      }
    }
  }
}
