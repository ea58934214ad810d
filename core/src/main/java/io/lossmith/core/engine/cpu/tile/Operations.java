package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import io.lossmith.core.plan.LoopValue;

/** The instructions for one operation each: what no pattern takes. */
final class Operations {
  private Operations() {}

  /** Returns the instruction that computes a value from its operands. */
  static ChosenInstruction of(LoopValue value) {
    if (value.op() instanceof AxisFold reduction) {
      return RowFold.of(value, reduction.fold());
    }
    ChosenInstruction.Draft draft =
        ChosenInstruction.of(value)
            .reading(value.operands().toArray(LoopValue[]::new))
            .overwriting();
    LoopValue first = value.operands().get(0);
    if (value.op() instanceof Unary op) {
      return draft.by(r -> new Elementwise.One(op, r.stretch(first, value), r.target(value)));
    }
    if (value.op() instanceof Binary op) {
      return draft.by(r -> two(op, value, r));
    }
    if (value.op() instanceof Where) {
      LoopValue then = value.operands().get(1);
      LoopValue otherwise = value.operands().get(2);
      return draft.by(
          r ->
              EvenChoice.isEven(r.of(first))
                  ? new EvenChoice(r.of(first), r.of(then), r.of(otherwise), r.target(value))
                  : new Elementwise.Choice(
                      r.stretch(first, value), r.of(then), r.of(otherwise), r.target(value)));
    }
    if (value.op() instanceof OutOfRange counted) {
      return draft.by(
          r -> new Elementwise.Outside(counted.range(), r.stretch(first, value), r.target(value)));
    }
    throw new IllegalStateException("cpu: " + value.op().label() + " has no instruction");
  }

  private static Instruction two(Binary op, LoopValue value, InstructionRegisters r) {
    Register a = r.of(value.operands().get(0));
    Register b = r.of(value.operands().get(1));
    Register out = r.of(value);
    if (!Elementwise.isStretch(a, out) && !Elementwise.isStretch(b, out)) {
      a = r.stretch(value.operands().get(0), value);
    }
    return new Elementwise.Two(op, a, b, r.target(value));
  }
}
