package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;

/**
 * Elementwise instructions. Each runs row by row; where a full tile of all operands lies in one
 * piece, all rows are one stretch. Those for one operation stand here, so that a run passes through
 * one file; those for patterns extend this in files of their own.
 */
public abstract class Elementwise implements Instruction {
  /**
   * Where a result goes.
   *
   * @param rows how many rows it has
   * @param room how many places a row in scratch memory has room for
   */
  public record Target(Register register, int rows, int room) {}

  protected final Register out;
  private final int rows;
  private final int room;
  private final boolean inOnePiece;

  /**
   * @param operands all registers that are read or written besides
   */
  protected Elementwise(Target target, Register... operands) {
    this.out = target.register;
    this.rows = target.rows;
    this.room = target.room;
    boolean piece = rows > 1 && out.column() && out.rowStride() == room;
    for (Register operand : operands) {
      piece &= operand.isNumber() || (operand.column() && operand.rowStride() == room);
    }
    this.inOnePiece = piece;
  }

  @Override
  public final void run(Kernels kernels, TileWorker worker) {
    int n = out.column() ? worker.n : 1;
    if (inOnePiece && n == room) {
      stretch(kernels, worker, 0, n * rows);
      return;
    }
    for (int row = 0; row < rows; row++) {
      stretch(kernels, worker, row, n);
    }
  }

  /** Computes n elements of a row, or of a whole tile that lies in one piece. */
  protected abstract void stretch(Kernels kernels, TileWorker w, int row, int n);

  /** Tells whether an operand is read element by element, given what the result is. */
  public static boolean isStretch(Register operand, Register out) {
    return !operand.isNumber() && (operand.column() || !out.column());
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
      kernels.unary(
          op, a.array(w, row), a.offset(w, row), out.array(w, row), out.offset(w, row), n);
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
      float[] o = out.array(w, row);
      int oo = out.offset(w, row);
      if (left && right) {
        kernels.binary(
            op, a.array(w, row), a.offset(w, row), b.array(w, row), b.offset(w, row), o, oo, n);
      } else if (left) {
        kernels.binary(op, a.array(w, row), a.offset(w, row), b.at(w, row), o, oo, n);
      } else {
        kernels.binary(op, a.at(w, row), b.array(w, row), b.offset(w, row), o, oo, n);
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
      float[] o = out.array(w, row);
      int oo = out.offset(w, row);
      float[] k = c.array(w, row);
      int ko = c.offset(w, row);
      if (left && right) {
        kernels.where(
            k, ko, a.array(w, row), a.offset(w, row), b.array(w, row), b.offset(w, row), o, oo, n);
      } else if (left) {
        kernels.where(k, ko, a.array(w, row), a.offset(w, row), b.at(w, row), o, oo, n);
      } else if (right) {
        kernels.where(k, ko, a.at(w, row), b.array(w, row), b.offset(w, row), o, oo, n);
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
      float[] x = a.array(w, row);
      int xo = a.offset(w, row);
      float[] o = out.array(w, row);
      int oo = out.offset(w, row);
      for (int i = 0; i < n; i++) {
        o[oo + i] = range.holds(x[xo + i]) ? 0 : 1;
      }
    }
  }
}
