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
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/** min(max(x, low), high) and max(min(x, high), low), for numbers low ≤ high. */
final class Clamp implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    LoopValue number = Operands.limit(value);
    LoopValue inner = number == null ? null : Operands.beside(number, value);
    LoopValue first = inner == null ? null : Operands.limit(inner);
    if (first == null || inner.op() == value.op() || !uses.isFree(inner)) {
      return null;
    }
    boolean upperLast = value.op() == Binary.MINIMUM;
    float low = (float) Operands.number(upperLast ? first : number);
    float high = (float) Operands.number(upperLast ? number : first);
    LoopValue x = Operands.beside(first, inner);
    return Float.compare(low, high) > 0
        ? null
        : ChosenInstruction.of(value)
            .covering(inner)
            .reading(x)
            .overwriting()
            .by(r -> new Run(r.stretch(x, value), low, high, r.target(value)));
  }

  static final class Run extends Elementwise {
    private final Register a;
    private final float low;
    private final float high;

    private Run(Register a, float low, float high, Target target) {
      super(target, a);
      this.a = a;
      this.low = low;
      this.high = high;
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] o = out.array(w, row);
      kernels.fused().clamp(a.array(w, row), a.offset(w, row), low, high, o, out.offset(w, row), n);
    }
  }
}
