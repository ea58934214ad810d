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
            a.array(w),
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
      System.arraycopy(a, from.offset(w, 0), copy.array(w), copy.offset(w, 0), w.n);
      System.arraycopy(a, from.offset(w, 0), folded, oo, w.n);
      for (int row = 1; row < rowOffsets.length; row++) {
        int ao = from.offset(w, 0) + rowOffsets[row];
        kernels.folds().foldInto(fold, a, ao, copy.array(w), copy.offset(w, row), folded, oo, w.n);
      }
    }
  }
}
