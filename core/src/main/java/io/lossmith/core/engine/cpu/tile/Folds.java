package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.ValueRange;
import org.jspecify.annotations.Nullable;

/** Instructions that fold: rows within a tile, or a tile into its slot of partial results. */
final class Folds {
  private Folds() {}

  /** A local fold across the rows of a tile. */
  record Rows(Fold fold, Register a, int rows, Register out) implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .folds()
          .foldRows(
              fold,
              a.array(w),
              a.offset(w, 0),
              a.rowStride(),
              rows,
              out.array(w),
              out.offset(w, 0),
              out.column() ? w.n : 1);
    }
  }

  /**
   * A local fold across rows that also copies them.
   *
   * @param from a register at the first element; its own row stride is not used
   * @param rowOffsets where each row begins, from there
   */
  record RowsCopied(Fold fold, Register from, int[] rowOffsets, Register copy, Register out)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      float[] a = from.array(w);
      float[] folded = out.array(w);
      int oo = out.offset(w, 0);
      System.arraycopy(a, from.offset(w, 0), copy.array(w), copy.offset(w, 0), w.n);
      System.arraycopy(a, from.offset(w, 0), folded, oo, w.n);
      for (int row = 1; row < rowOffsets.length; row++) {
        int ao = from.offset(w, 0) + rowOffsets[row];
        kernels.folds().foldInto(fold, a, ao, copy.array(w), copy.offset(w, row), folded, oo, w.n);
      }
    }
  }

  /** A local sum of products across rows. */
  record RowsDot(Register a, Register b, int rows, Register out) implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .folds()
          .dotRows(
              a.array(w),
              a.offset(w, 0),
              a.rowStride(),
              b.array(w),
              b.offset(w, 0),
              b.rowStride(),
              rows,
              out.array(w),
              out.offset(w, 0),
              out.column() ? w.n : 1);
    }
  }

  /**
   * Powers of e and their sum over rows: what softmax is made of.
   *
   * @param isBelowOne whether m is known to be at least a
   */
  record RowsExp(Register a, Register m, boolean isBelowOne, int rows, Register out, Register sum)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .folds()
          .expRows(
              a.array(w),
              a.offset(w, 0),
              a.rowStride(),
              m.array(w),
              m.offset(w, 0),
              isBelowOne,
              out.array(w),
              out.offset(w, 0),
              out.rowStride(),
              sum.array(w),
              sum.offset(w, 0),
              rows,
              w.n);
    }
  }

  /** What is folded of each stretch. */
  enum Term {
    /** The elements of one operand. */
    PLAIN,
    /** The products of two. */
    DOT,
    /** The absolute differences of two. */
    DISTANCE,
    /** 1 for each element that is out of a range. */
    OUTSIDE
  }

  /**
   * Folds a tile into its slot.
   *
   * @param term what is summed; only {@code PLAIN} for other folds
   * @param b the second operand; the first again where there is one
   * @param range for {@code OUTSIDE}, else null
   * @param rows how many rows are folded or kept
   * @param place where in the slot the result goes, one number for each kept row
   * @param keepsRows whether each row has a result of its own
   */
  record Tile(
      Fold fold,
      Term term,
      Register a,
      Register b,
      @Nullable ValueRange range,
      int rows,
      int place,
      boolean keepsRows)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      int slot = w.slot + place;
      if (keepsRows) {
        for (int row = 0; row < rows; row++) {
          w.partials[slot + row] = stretch(kernels, w, row);
        }
        return;
      }
      double folded = stretch(kernels, w, 0);
      for (int row = 1; row < rows; row++) {
        folded = fold.apply(folded, stretch(kernels, w, row));
      }
      w.partials[slot] = folded;
    }

    private double stretch(Kernels kernels, TileWorker w, int row) {
      if (!a.column()) {
        double element = term == Term.OUTSIDE ? range.holds(a.at(w, row)) ? 0 : 1 : a.at(w, row);
        return fold == Fold.SUM ? element * w.n : element;
      }
      return switch (term) {
        case PLAIN -> kernels.folds().fold(fold, a.array(w), a.offset(w, row), w.n);
        case DOT ->
            kernels.folds().dot(a.array(w), a.offset(w, row), b.array(w), b.offset(w, row), w.n);
        case DISTANCE ->
            kernels
                .folds()
                .distance(a.array(w), a.offset(w, row), b.array(w), b.offset(w, row), w.n);
        case OUTSIDE -> kernels.patterns().outside(range, a.array(w), a.offset(w, row), w.n);
      };
    }
  }
}
