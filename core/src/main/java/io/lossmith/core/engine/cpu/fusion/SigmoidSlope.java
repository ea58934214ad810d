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

/** g · (p · (1 − p)): what flows back through a sigmoid. */
final class SigmoidSlope implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    if (value.op() != Binary.MULTIPLY) {
      return null;
    }
    for (LoopValue slope : value.operands()) {
      LoopValue g = Operands.beside(slope, value);
      if (slope.op() != Binary.MULTIPLY || !uses.isFree(slope) || !layout.onColumn(g)) {
        continue;
      }
      for (LoopValue rest : slope.operands()) {
        LoopValue p = Operands.beside(rest, slope);
        if (isRest(rest, p) && uses.isFree(rest) && layout.onColumn(p)) {
          return ChosenInstruction.of(value)
              .covering(slope, rest)
              .reading(g, p)
              .overwriting()
              .by(r -> new Run(r.of(g), r.of(p), r.target(value)));
        }
      }
    }
    return null;
  }

  /** Tells whether a value is 1 − p. */
  private static boolean isRest(LoopValue rest, LoopValue p) {
    return rest.op() == Binary.SUBTRACT
        && Operands.isNumber(rest.operands().get(0), 1)
        && rest.operands().get(1) == p;
  }

  /** Both operands are stretches. */
  static final class Run extends Elementwise {
    private final Register g;
    private final Register p;

    private Run(Register g, Register p, Target target) {
      super(target, g, p);
      this.g = g;
      this.p = p;
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] o = out.array(w, row);
      int oo = out.offset(w, row);
      kernels
          .fused()
          .sigmoidSlope(
              g.array(w, row), g.offset(w, row), p.array(w, row), p.offset(w, row), o, oo, n);
    }
  }
}
