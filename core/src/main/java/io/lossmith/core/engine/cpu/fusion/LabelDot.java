package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Instruction;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileLabels;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/** Σ over rows of x · where(label = number, a, b). */
final class LabelDot implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue sum, Uses uses, Layout layout) {
    Parts parts = Parts.of(sum, uses, layout);
    if (parts == null) {
      return null;
    }
    LabelChoice.Parts choice = parts.choice;
    return ChosenInstruction.of(sum)
        .covering(parts.product)
        .reading(choice.label(), choice.number(), choice.chosen(), choice.otherwise(), parts.x)
        .by(r -> new Run(choice.registers(r), r.of(parts.x), r.rows(), r.of(sum)));
  }

  /** What such a sum is made of. */
  record Parts(LoopValue product, LabelChoice.Parts choice, LoopValue x) {
    /** Returns the parts, or null for a value that is no such sum. */
    static @Nullable Parts of(LoopValue sum, Uses uses, Layout layout) {
      LoopValue product = Operands.summedRows(sum);
      if (product == null || product.op() != Binary.MULTIPLY || !uses.isFree(product)) {
        return null;
      }
      for (LoopValue where : product.operands()) {
        LoopValue x = Operands.beside(where, product);
        LabelChoice.Parts choice = LabelChoice.Parts.of(where, layout);
        if (choice != null && x != where && layout.onTile(x)) {
          return new Parts(product, choice, x);
        }
      }
      return null;
    }
  }

  record Run(TileLabels.Choice choice, Register x, int rows, Register out) implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .labels()
          .chosenDot(
              w.labels().of(choice, rows),
              choice.label().array(w),
              choice.label().offset(w, 0),
              x.arrays(w),
              x.offset(w, 0),
              x.rowStride(),
              out.array(w),
              out.offset(w, 0),
              w.places());
    }
  }
}
