package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Elementwise;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Instruction;
import io.lossmith.core.engine.cpu.tile.InstructionRegisters;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileLabels;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/**
 * p · (choice − s + more) + addend, where choice and addend are numbers of each row {@linkplain
 * LabelChoice chosen} by the same label, and all rows share s: how a softmax hands on a gradient
 * that differs at the label only. A number more, and the addend, may be missing.
 */
final class LabelGradient implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    if (!layout.onTile(value)) {
      return null;
    }
    Product alone = Product.of(value, uses, layout);
    if (alone != null) {
      return ChosenInstruction.of(value)
          .covering(alone.factor, alone.difference)
          .reading(alone.choice.label(), alone.choice.number())
          .reading(alone.choice.chosen(), alone.choice.otherwise(), alone.p, alone.s)
          .overwriting()
          .by(r -> alone.instruction(value, null, r));
    }
    return value.op() == Binary.ADD ? sum(value, uses, layout) : null;
  }

  private static @Nullable ChosenInstruction sum(LoopValue value, Uses uses, Layout layout) {
    for (LoopValue product : value.operands()) {
      LabelChoice.Parts addend = LabelChoice.Parts.of(Operands.beside(product, value), layout);
      Product p =
          addend == null || !uses.isFree(product) ? null : Product.of(product, uses, layout);
      if (p != null && p.choice.isOfSameLabel(addend)) {
        return ChosenInstruction.of(value)
            .covering(product, p.factor, p.difference)
            .reading(p.choice.label(), p.choice.number())
            .reading(p.choice.chosen(), p.choice.otherwise(), p.p, p.s)
            .reading(addend.chosen(), addend.otherwise())
            .overwriting()
            .by(r -> p.instruction(value, addend, r));
      }
    }
    return null;
  }

  /**
   * p · (choice − s + more).
   *
   * @param factor what p is multiplied by
   * @param difference that without the number
   */
  private record Product(
      LabelChoice.Parts choice,
      LoopValue p,
      LoopValue s,
      float more,
      LoopValue factor,
      LoopValue difference) {
    static @Nullable Product of(LoopValue product, Uses uses, Layout layout) {
      if (product.op() != Binary.MULTIPLY) {
        return null;
      }
      for (LoopValue factor : product.operands()) {
        Product found = of(factor, Operands.beside(factor, product), uses, layout);
        if (found != null) {
          return found;
        }
      }
      return null;
    }

    private static @Nullable Product of(LoopValue factor, LoopValue p, Uses uses, Layout layout) {
      LoopValue number = factor.op() == Binary.ADD ? Operands.numberOf(factor) : null;
      LoopValue difference = number == null ? factor : Operands.beside(number, factor);
      if (difference.op() != Binary.SUBTRACT
          || !uses.isFree(difference)
          || !uses.isFree(factor)
          || !layout.onTile(p)
          || !layout.isShared(difference.operands().get(1))) {
        return null;
      }
      LabelChoice.Parts choice = LabelChoice.Parts.of(difference.operands().get(0), layout);
      float more = number == null ? -0f : (float) Operands.number(number); // +0 would change −0
      return choice == null
          ? null
          : new Product(choice, p, difference.operands().get(1), more, factor, difference);
    }

    Instruction instruction(
        LoopValue result, LabelChoice.@Nullable Parts addend, InstructionRegisters r) {
      TileLabels.Choice by = choice.registers(r);
      Elementwise.Target target = r.target(result);
      Register none = Register.number(-0f); // adding +0 would change the sign of −0
      TileLabels.Choice added =
          addend == null
              ? new TileLabels.Choice(by.label(), by.number(), none, none)
              : addend.registers(r);
      return new Run(by, added, r.of(p), r.of(s), more, target.rows(), target.register());
    }
  }

  record Run(
      TileLabels.Choice choice,
      TileLabels.Choice added,
      Register p,
      Register s,
      float more,
      int rows,
      Register out)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .labels()
          .gradient(
              w.labels().of(choice, added, rows),
              choice.label().array(w),
              choice.label().offset(w, 0),
              p.arrays(w),
              p.offset(w, 0),
              p.rowStride(),
              s.array(w),
              s.offset(w, 0),
              more,
              out.arrays(w),
              out.offset(w, 0),
              out.rowStride(),
              w.places());
    }
  }
}
