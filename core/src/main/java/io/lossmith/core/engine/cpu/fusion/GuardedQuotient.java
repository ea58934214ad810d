package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.Quotient;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Elementwise;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Where;
import io.lossmith.core.plan.LoopValue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * low ≤ b ? a / b : c, as derivatives of logarithms are kept finite; and that times a number. Only
 * numbers are low and what it is multiplied by.
 */
final class GuardedQuotient implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    if (value.op() instanceof Where) {
      return quotient(value, value, 1, uses, layout);
    }
    LoopValue number = value.op() == Binary.MULTIPLY ? Operands.numberOf(value) : null;
    LoopValue where = number == null ? null : Operands.beside(number, value);
    return where == null || !(where.op() instanceof Where) || !uses.isFree(where)
        ? null
        : quotient(value, where, (float) Operands.number(number), uses, layout);
  }

  private static @Nullable ChosenInstruction quotient(
      LoopValue value, LoopValue where, float factor, Uses uses, Layout layout) {
    LoopValue condition = where.operands().get(0);
    LoopValue divided = where.operands().get(1);
    if (condition.op() != Binary.LESS_EQUAL || divided.op() != Binary.DIVIDE) {
      return null;
    }
    LoopValue low = condition.operands().get(0);
    LoopValue a = divided.operands().get(0);
    LoopValue b = divided.operands().get(1);
    LoopValue c = where.operands().get(2);
    if (!Operands.isNumber(low)
        || condition.operands().get(1) != b
        || !uses.isFree(condition)
        || !uses.isFree(divided)
        || !Stream.of(a, b, c).allMatch(layout::onColumn)) {
      return null;
    }
    Quotient numbers = new Quotient((float) Operands.number(low), factor);
    ChosenInstruction.Draft draft = ChosenInstruction.of(value).covering(condition, divided);
    if (where != value) {
      draft.covering(where);
    }
    return draft
        .reading(a, b, c)
        .overwriting()
        .by(r -> new Run(numbers, r.of(a), r.of(b), r.of(c), r.target(value)));
  }

  /** All three operands are stretches. */
  static final class Run extends Elementwise {
    private final Quotient quotient;
    private final Register a;
    private final Register b;
    private final Register c;

    private Run(Quotient quotient, Register a, Register b, Register c, Target target) {
      super(target, a, b, c);
      this.quotient = quotient;
      this.a = a;
      this.b = b;
      this.c = c;
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] x = b.array(w, row);
      int xo = b.offset(w, row);
      float[] y = c.array(w, row);
      int yo = c.offset(w, row);
      float[] o = out.array(w, row);
      int oo = out.offset(w, row);
      kernels.fused().quotient(quotient, a.array(w, row), a.offset(w, row), x, xo, y, yo, o, oo, n);
    }
  }
}
