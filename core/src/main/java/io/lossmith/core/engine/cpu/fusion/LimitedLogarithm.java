package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Elementwise;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/** A logarithm that is at least some number: max(ln x, low) or max(ln(1 + x), low). */
final class LimitedLogarithm implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    LoopValue number = value.op() == Binary.MAXIMUM ? Operands.limit(value) : null;
    LoopValue inner = number == null ? null : Operands.beside(number, value);
    if (inner == null
        || inner.op() != Unary.LOG && inner.op() != Unary.LOG1P
        || !uses.isFree(inner)) {
      return null;
    }
    LoopValue x = inner.operands().get(0);
    Unary op = (Unary) inner.op();
    float low = (float) Operands.number(number);
    return ChosenInstruction.of(value)
        .covering(inner)
        .reading(x)
        .overwriting()
        .by(r -> new Run(op, r.stretch(x, value), low, r.target(value)));
  }

  static final class Run extends Elementwise {
    private final Unary op;
    private final Register a;
    private final float low;

    private Run(Unary op, Register a, float low, Target target) {
      super(target, a);
      this.op = op;
      this.a = a;
      this.low = low;
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] o = out.array(w, row);
      kernels
          .fused()
          .logarithm(op, a.array(w, row), a.offset(w, row), low, o, out.offset(w, row), n);
    }
  }
}
