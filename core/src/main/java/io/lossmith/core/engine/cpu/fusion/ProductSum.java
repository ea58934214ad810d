package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileFold;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/** Σ over the loop of a · b, or of a²: the products are never stored. */
final class ProductSum implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopOutput root, Uses uses, Layout layout) {
    LoopValue product = root.value();
    if (root.fold() != Fold.SUM
        || product.op() != Binary.MULTIPLY && product.op() != Unary.SQUARE
        || !uses.isFree(product)
        || !product.operands().stream().allMatch(layout::onColumn)) {
      return null;
    }
    LoopValue a = product.operands().get(0);
    LoopValue b = product.operands().get(product.operands().size() - 1);
    return ChosenInstruction.of(root)
        .covering(product)
        .reading(a, b)
        .by(r -> new Run(r.of(a), r.of(b), r.folded(root)));
  }

  static final class Run extends TileFold {
    private final Register a;
    private final Register b;

    private Run(Register a, Register b, Target target) {
      super(target);
      this.a = a;
      this.b = b;
    }

    @Override
    protected double stretch(Kernels kernels, TileWorker w, int row) {
      return kernels
          .folds()
          .dot(a.array(w, row), a.offset(w, row), b.array(w, row), b.offset(w, row), w.places());
    }
  }
}
