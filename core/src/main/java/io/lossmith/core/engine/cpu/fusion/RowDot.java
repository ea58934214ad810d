package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Instruction;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/** Σ over rows of a · b. */
final class RowDot implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue sum, Uses uses, Layout layout) {
    LoopValue product = Operands.summedRows(sum);
    if (product == null
        || product.op() != Binary.MULTIPLY
        || !uses.isFree(product)
        || !product.operands().stream().allMatch(layout::onColumn)) {
      return null;
    }
    LoopValue a = product.operands().get(0);
    LoopValue b = product.operands().get(1);
    return ChosenInstruction.of(sum)
        .covering(product)
        .reading(a, b)
        .by(r -> new Run(r.of(a), r.of(b), r.rows(), r.of(sum)));
  }

  record Run(Register a, Register b, int rows, Register out) implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .folds()
          .dotRows(
              a.arrays(w),
              a.offset(w, 0),
              a.rowStride(),
              b.arrays(w),
              b.offset(w, 0),
              b.rowStride(),
              rows,
              out.array(w),
              out.offset(w, 0),
              out.column() ? w.places() : 1);
    }
  }
}
