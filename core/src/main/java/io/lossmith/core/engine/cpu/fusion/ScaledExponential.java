package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Elementwise;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.LoopValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * e^(a − m) · s, where all rows share m and s: softmax, where largest logits and sums are known.
 */
final class ScaledExponential implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue product, Uses uses, Layout layout) {
    Parts parts = Parts.of(product, uses, layout);
    return parts == null
        ? null
        : ChosenInstruction.of(product)
            .covering(parts.power)
            .reading(parts.a, parts.m, parts.scale)
            .overwriting()
            .by(
                r ->
                    new Run(
                        r.of(parts.a),
                        r.of(parts.m),
                        isBelowOne(parts.power),
                        r.of(parts.scale),
                        r.target(product)));
  }

  /** What such a product is made of. */
  record Parts(LoopValue power, LoopValue a, LoopValue m, LoopValue scale) {
    /** Returns the parts, or null for a value that is no such product. */
    static @Nullable Parts of(LoopValue product, Uses uses, Layout layout) {
      if (product.op() != Binary.MULTIPLY) {
        return null;
      }
      for (LoopValue power : product.operands()) {
        LoopValue scale = Operands.beside(power, product);
        if (isPower(power, layout) && uses.isFree(power) && layout.isShared(scale)) {
          List<LoopValue> difference = power.operands().get(0).operands();
          return new Parts(power, difference.get(0), difference.get(1), scale);
        }
      }
      return null;
    }
  }

  /** Tells whether a value is a power of e of what differs from row to row less a shared value. */
  static boolean isPower(LoopValue power, Layout layout) {
    if (power.op() != Unary.EXP) {
      return false;
    }
    LoopValue difference = power.operands().get(0);
    return difference.op() == Binary.SUBTRACT
        && layout.onTile(difference.operands().get(0))
        && layout.isShared(difference.operands().get(1));
  }

  /**
   * Tells whether such a power is known to be 1 at most, for what is subtracted is the greatest of
   * the very same. The formula says so, wherever that was computed.
   */
  static boolean isBelowOne(LoopValue power) {
    Node difference = power.operands().get(0).node();
    if (difference == null || difference.op() != Binary.SUBTRACT) {
      return false;
    }
    Node a = difference.operand(0);
    Node m = difference.operand(1);
    return m.op() instanceof AxisFold reduction
        && reduction.fold() == Fold.MAX
        && m.operand(0) == a
        && m.shape().rank() == a.shape().rank();
  }

  static final class Run extends Elementwise {
    private final Register a;
    private final Register m;
    private final boolean isBelowOne;
    private final Register s;

    private Run(Register a, Register m, boolean isBelowOne, Register s, Target target) {
      super(target, a, m, s);
      this.a = a;
      this.m = m;
      this.isBelowOne = isBelowOne;
      this.s = s;
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      kernels
          .folds()
          .scaledExp(
              a.array(w, row),
              a.offset(w, row),
              m.array(w, row),
              m.offset(w, row),
              isBelowOne,
              s.array(w, row),
              s.offset(w, row),
              out.array(w, row),
              out.offset(w, row),
              n);
    }
  }
}
