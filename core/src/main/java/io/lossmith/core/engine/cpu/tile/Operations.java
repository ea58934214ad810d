package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.op.Where;
import io.lossmith.core.plan.Value;

/** The instructions for one operation each: what no pattern takes. */
final class Operations {
  private Operations() {}

  /** Returns the instruction that computes a value from its operands. */
  static Chosen of(Value value) {
    if (value.op() instanceof Reduction reduction) {
      return RowFold.of(value, reduction.fold());
    }
    Chosen.Draft draft =
        Chosen.of(value).reading(value.operands().toArray(Value[]::new)).overwriting();
    Value first = value.operands().get(0);
    if (value.op() instanceof Unary op) {
      return draft.by(r -> new One(op, r.stretch(first, value), r.target(value)));
    }
    if (value.op() instanceof Binary op) {
      return draft.by(r -> two(op, value, r));
    }
    if (value.op() instanceof Where) {
      Value then = value.operands().get(1);
      Value otherwise = value.operands().get(2);
      return draft.by(
          r -> new Choice(r.stretch(first, value), r.of(then), r.of(otherwise), r.target(value)));
    }
    if (value.op() instanceof OutOfRange counted) {
      return draft.by(r -> new Outside(counted.range(), r.stretch(first, value), r.target(value)));
    }
    throw new IllegalStateException("cpu: " + value.op().label() + " has no instruction");
  }

  private static Instruction two(Binary op, Value value, Registers r) {
    Register a = r.of(value.operands().get(0));
    Register b = r.of(value.operands().get(1));
    Register out = r.of(value);
    if (!Elementwise.isStretch(a, out) && !Elementwise.isStretch(b, out)) {
      a = r.stretch(value.operands().get(0), value);
    }
    return new Two(op, a, b, r.target(value));
  }

  /** One operand. */
  static final class One extends Elementwise {
    private final Unary op;
    private final Register a;

    One(Unary op, Register a, Target target) {
      super(target, a);
      this.op = op;
      this.a = a;
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      kernels.unary(op, a.array(w), a.offset(w, row), out.array(w), out.offset(w, row), n);
    }
  }

  /** Two operands, one of which may be a single number. */
  static final class Two extends Elementwise {
    private final Binary op;
    private final Register a;
    private final Register b;
    private final boolean left;
    private final boolean right;

    Two(Binary op, Register a, Register b, Target target) {
      super(target, a, b);
      this.op = op;
      this.a = a;
      this.b = b;
      left = isStretch(a, out);
      right = isStretch(b, out);
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] o = out.array(w);
      int oo = out.offset(w, row);
      if (left && right) {
        kernels.binary(op, a.array(w), a.offset(w, row), b.array(w), b.offset(w, row), o, oo, n);
      } else if (left) {
        kernels.binary(op, a.array(w), a.offset(w, row), b.at(w, row), o, oo, n);
      } else {
        kernels.binary(op, a.at(w, row), b.array(w), b.offset(w, row), o, oo, n);
      }
    }
  }

  /** A choice; the condition is a stretch. */
  static final class Choice extends Elementwise {
    private final Register c;
    private final Register a;
    private final Register b;
    private final boolean left;
    private final boolean right;

    Choice(Register c, Register a, Register b, Target target) {
      super(target, c, a, b);
      this.c = c;
      this.a = a;
      this.b = b;
      left = isStretch(a, out);
      right = isStretch(b, out);
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] o = out.array(w);
      int oo = out.offset(w, row);
      float[] k = c.array(w);
      int ko = c.offset(w, row);
      if (left && right) {
        kernels.where(k, ko, a.array(w), a.offset(w, row), b.array(w), b.offset(w, row), o, oo, n);
      } else if (left) {
        kernels.where(k, ko, a.array(w), a.offset(w, row), b.at(w, row), o, oo, n);
      } else if (right) {
        kernels.where(k, ko, a.at(w, row), b.array(w), b.offset(w, row), o, oo, n);
      } else {
        kernels.where(k, ko, a.at(w, row), b.at(w, row), o, oo, n);
      }
    }
  }

  /**
   * 1 where an operand is not in a range, else 0. Checks are sums of it, which are counted without
   * this; it is seldom needed alone, so there is no faster loop for it.
   */
  static final class Outside extends Elementwise {
    private final ValueRange range;
    private final Register a;

    Outside(ValueRange range, Register a, Target target) {
      super(target, a);
      this.range = range;
      this.a = a;
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] x = a.array(w);
      int xo = a.offset(w, row);
      float[] o = out.array(w);
      int oo = out.offset(w, row);
      for (int i = 0; i < n; i++) {
        o[oo + i] = range.holds(x[xo + i]) ? 0 : 1;
      }
    }
  }
}
