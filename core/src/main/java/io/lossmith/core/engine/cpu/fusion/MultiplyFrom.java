package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.FusedKernels;
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

/** c − a · b. */
final class MultiplyFrom implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    if (value.op() != Binary.SUBTRACT) {
      return null;
    }
    LoopValue c = value.operands().get(0);
    LoopValue product = value.operands().get(1);
    MultiplyAdd.Factors factors = MultiplyAdd.Factors.of(product, uses, layout);
    return factors == null
        ? null
        : ChosenInstruction.of(value)
            .covering(product)
            .reading(factors.a(), factors.b(), c)
            .overwriting()
            .by(r -> new Run(r.of(factors.a()), r.of(factors.b()), r.of(c), r.target(value)));
  }

  /** a is a stretch. */
  static final class Run extends Elementwise {
    private final Register a;
    private final Register b;
    private final Register c;
    private final boolean factor;
    private final boolean from;

    private Run(Register a, Register b, Register c, Target target) {
      super(target, a, b, c);
      this.a = a;
      this.b = b;
      this.c = c;
      factor = isStretch(b, out);
      from = isStretch(c, out);
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      FusedKernels fused = kernels.fused();
      float[] x = a.array(w, row);
      int xo = a.offset(w, row);
      float[] o = out.array(w, row);
      int oo = out.offset(w, row);
      if (factor && from) {
        fused.multiplyFrom(
            x, xo, b.array(w, row), b.offset(w, row), c.array(w, row), c.offset(w, row), o, oo, n);
      } else if (factor) {
        fused.multiplyFrom(x, xo, b.array(w, row), b.offset(w, row), c.at(w, row), o, oo, n);
      } else if (from) {
        kernels.multiplyAdd(x, xo, -b.at(w, row), c.array(w, row), c.offset(w, row), o, oo, n);
      } else {
        kernels.multiplyAdd(x, xo, -b.at(w, row), c.at(w, row), o, oo, n);
      }
    }
  }
}
