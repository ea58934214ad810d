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
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/**
 * A {@linkplain LabelGradient gradient that differs at the label only} on its way through a whole
 * softmax: p is a {@linkplain ScaledExponential power of e}, and s the {@linkplain LabelDot sum} of
 * p times the choice. Apart, the three go through all of a tile one after another, and memory waits
 * while they compute; together they go through a few places at a time.
 */
final class SoftmaxLabelGradient implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    LabelGradient.Parts gradient = LabelGradient.Parts.of(value, uses, layout);
    if (gradient == null || !uses.isFree(gradient.p(), 2) || !uses.isFree(gradient.s())) {
      return null;
    }
    ScaledExponential.Parts p = ScaledExponential.Parts.of(gradient.p(), uses, layout);
    LabelDot.Parts dot = LabelDot.Parts.of(gradient.s(), uses, layout);
    if (p == null
        || !ScaledExponential.isBelowOne(p.power())
        || dot == null
        || dot.x() != gradient.p()
        || !dot.choice().equals(gradient.choice())) {
      return null;
    }
    return gradient
        .begin(value)
        .beside(gradient.p())
        .beside(gradient.s())
        .covering(p.power(), dot.product())
        .reading(p.a(), p.m(), p.scale())
        .overwriting()
        .by(
            r ->
                new Run(
                    gradient.choice().registers(r),
                    gradient.added(r),
                    r.of(p.a()),
                    r.of(p.m()),
                    r.of(p.scale()),
                    gradient.more(),
                    r.of(gradient.p()),
                    r.of(gradient.s()),
                    r.rows(),
                    r.of(value)));
  }

  /**
   * @param p scratch memory, and {@code s}
   */
  record Run(
      TileLabels.Choice choice,
      TileLabels.Choice added,
      Register a,
      Register m,
      Register scale,
      float more,
      Register p,
      Register s,
      int rows,
      Register out)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .folds()
          .softmaxLabelGradient(
              kernels.labels(),
              w.labels().of(choice, added, rows),
              choice.label().array(w),
              choice.label().offset(w, 0),
              a.arrays(w),
              a.offset(w, 0),
              a.rowStride(),
              m.array(w),
              m.offset(w, 0),
              scale.array(w),
              scale.offset(w, 0),
              more,
              p.arrays(w),
              p.offset(w, 0),
              p.rowStride(),
              s.array(w),
              s.offset(w, 0),
              out.arrays(w),
              out.offset(w, 0),
              out.rowStride(),
              w.places());
    }
  }
}
