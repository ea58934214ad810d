package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileFold;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/** How many elements of the loop are out of a range: what checks come down to. */
final class OutOfRangeSum implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopOutput root, Uses uses, Layout layout) {
    LoopValue outside = root.value();
    if (root.fold() != Fold.SUM
        || !(outside.op() instanceof OutOfRange counted)
        || !uses.isFree(outside)) {
      return null;
    }
    LoopValue x = outside.operands().get(0);
    return ChosenInstruction.of(root)
        .covering(outside)
        .reading(x)
        .by(r -> new Run(counted.range(), r.of(x), r.folded(root)));
  }

  static final class Run extends TileFold {
    private final ValueRange range;
    private final Register a;

    private Run(ValueRange range, Register a, Target target) {
      super(target);
      this.range = range;
      this.a = a;
    }

    @Override
    protected double stretch(Kernels kernels, TileWorker w, int row) {
      return a.column()
          ? kernels.fused().outside(range, a.array(w, row), a.offset(w, row), w.places())
          : repeated(range.holds(a.at(w, row)) ? 0 : 1, w);
    }
  }
}
