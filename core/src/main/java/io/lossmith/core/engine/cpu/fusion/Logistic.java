package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Elementwise;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/**
 * softplus(−|x|) and σ(x): a binary cross entropy from logits has the one, a Dice beside it the
 * other, and both need the same power of e.
 */
final class Logistic implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue softplus, Uses uses, Layout layout) {
    LoopValue x = ofMinusSize(softplus);
    LoopValue sigmoid = x == null || !layout.onColumn(x) ? null : sigmoid(x, uses);
    return sigmoid == null
        ? null
        : ChosenInstruction.of(sigmoid)
            .beside(softplus)
            .reading(x)
            .by(r -> new Run(r.of(x), r.of(softplus), r.target(sigmoid)));
  }

  private static @Nullable LoopValue ofMinusSize(LoopValue softplus) {
    if (softplus.op() != Unary.SOFTPLUS) {
      return null;
    }
    LoopValue minus = softplus.operands().get(0);
    boolean found = minus.op() == Unary.NEGATE && minus.operands().get(0).op() == Unary.ABS;
    return found ? minus.operands().get(0).operands().get(0) : null;
  }

  private static @Nullable LoopValue sigmoid(LoopValue x, Uses uses) {
    return uses.values().stream()
        .filter(v -> v.op() == Unary.SIGMOID && v.operands().get(0) == x && !uses.isTaken(v))
        .findFirst()
        .orElse(null);
  }

  static final class Run extends Elementwise {
    private final Register a;
    private final Register softplus;

    private Run(Register a, Register softplus, Target target) {
      super(target, a, softplus);
      this.a = a;
      this.softplus = softplus;
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      kernels.logistic(
          a.array(w, row),
          a.offset(w, row),
          out.array(w, row),
          out.offset(w, row),
          softplus.array(w, row),
          softplus.offset(w, row),
          n);
    }
  }
}
