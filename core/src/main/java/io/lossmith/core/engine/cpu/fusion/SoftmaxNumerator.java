package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Instruction;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/** e^(a − m), where all rows share m, and its sum over rows: what softmax is made of. */
final class SoftmaxNumerator implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue sum, Uses uses, Layout layout) {
    LoopValue power = Operands.summedRows(sum);
    if (power == null || uses.isTaken(power) || !ScaledExponential.isPower(power, layout)) {
      return null;
    }
    LoopValue a = power.operands().get(0).operands().get(0);
    LoopValue m = power.operands().get(0).operands().get(1);
    boolean isBelowOne = ScaledExponential.isBelowOne(power);
    return ChosenInstruction.of(power)
        .beside(sum)
        .reading(a, m)
        .overwriting()
        .by(r -> new Run(r.of(a), r.of(m), isBelowOne, r.rows(), r.of(power), r.of(sum)));
  }

  /**
   * @param isBelowOne whether m is known to be at least a
   */
  record Run(Register a, Register m, boolean isBelowOne, int rows, Register out, Register sum)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .folds()
          .expRows(
              a.arrays(w),
              a.offset(w, 0),
              a.rowStride(),
              m.array(w),
              m.offset(w, 0),
              isBelowOne,
              out.arrays(w),
              out.offset(w, 0),
              out.rowStride(),
              sum.array(w),
              sum.offset(w, 0),
              rows,
              w.places());
    }
  }
}
