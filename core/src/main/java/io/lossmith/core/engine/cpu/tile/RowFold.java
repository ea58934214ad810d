package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.op.Fold;
import io.lossmith.core.plan.LoopValue;

/** A local fold across the rows of a tile. */
record RowFold(Fold fold, Register a, int rows, Register out) implements Instruction {
  static ChosenInstruction of(LoopValue value, Fold fold) {
    LoopValue x = value.operands().get(0);
    return ChosenInstruction.of(value)
        .reading(x)
        .by(
            r ->
                r.allocator().isToBeCopied(x)
                    ? copying(value, x, fold, r)
                    : new RowFold(fold, r.of(x), r.rows(), r.of(value)));
  }

  private static Instruction copying(
      LoopValue value, LoopValue x, Fold fold, InstructionRegisters r) {
    Register copy = r.allocator().copy(x);
    return new Copying(
        fold, copy, r.allocator().lying(x), r.allocator().rowOffsets(x), r.of(value));
  }

  @Override
  public void run(Kernels kernels, TileWorker w) {
    kernels
        .folds()
        .foldRows(
            fold,
            a.arrays(w),
            a.offset(w, 0),
            a.rowStride(),
            rows,
            out.array(w),
            out.offset(w, 0),
            out.column() ? w.n : 1);
  }

  /**
   * Where rows are copied before they are folded, both are done in one go.
   *
   * @param from a register at the first element; its own row stride is not used
   * @param rowOffsets where each row begins, from there
   */
  record Copying(Fold fold, Register copy, Register from, int[] rowOffsets, Register out)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      float[] a = from.array(w);
      float[] folded = out.array(w);
      int oo = out.offset(w, 0);
      int n = w.n;
      System.arraycopy(a, from.offset(w, 0), copy.array(w, 0), copy.offset(w, 0), n);
      System.arraycopy(a, from.offset(w, 0), folded, oo, n);
      int row = 1;
      for (; fold == Fold.MAX && row + 2 <= rowOffsets.length; row += 2) {
        int ao = from.offset(w, 0) + rowOffsets[row];
        int bo = from.offset(w, 0) + rowOffsets[row + 1];
        float[] x = copy.array(w, row);
        float[] y = copy.array(w, row + 1);
        int xo = copy.offset(w, row);
        int yo = copy.offset(w, row + 1);
        kernels.folds().maxTwoInto(a, ao, bo, x, xo, y, yo, folded, oo, n);
      }
      for (; row < rowOffsets.length; row++) {
        int ao = from.offset(w, 0) + rowOffsets[row];
        float[] to = copy.array(w, row);
        kernels.folds().foldInto(fold, a, ao, to, copy.offset(w, row), folded, oo, n);
      }
    }
  }
}
