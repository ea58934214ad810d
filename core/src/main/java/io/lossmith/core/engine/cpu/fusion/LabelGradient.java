package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * p · (choice − s + more) + addend, where choice and addend are numbers of each row {@linkplain
 * LabelChoice chosen} by the same label, and all rows share s: how a softmax hands on a gradient
 * that differs at the label only. A number more, and the addend, may be missing.
 */
final class LabelGradient implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    Parts parts = Parts.of(value, uses, layout);
    return parts == null
        ? null
        : parts
            .begin(value)
            .reading(parts.p, parts.s)
            .overwriting()
            .by(
                r ->
                    new Run(
                        parts.choice.registers(r),
                        parts.added(r),
                        r.of(parts.p),
                        r.of(parts.s),
                        parts.more,
                        r.rows(),
                        r.of(value)));
  }

  /**
   * What such a gradient is made of.
   *
   * @param addend null for none
   * @param covers what is computed on the way
   */
  record Parts(
      LabelChoice.Parts choice,
      LabelChoice.@Nullable Parts addend,
      LoopValue p,
      LoopValue s,
      float more,
      List<LoopValue> covers) {
    /** Returns the parts, or null for a value that is no such gradient. */
    static @Nullable Parts of(LoopValue value, Uses uses, Layout layout) {
      if (!layout.onTile(value)) {
        return null;
      }
      Product alone = Product.of(value, uses, layout);
      if (alone != null) {
        return alone.parts(null, List.of());
      }
      return value.op() == Binary.ADD ? sum(value, uses, layout) : null;
    }

    private static @Nullable Parts sum(LoopValue value, Uses uses, Layout layout) {
      for (LoopValue product : value.operands()) {
        LabelChoice.Parts addend = LabelChoice.Parts.of(Operands.beside(product, value), layout);
        Product p =
            addend == null || !uses.isFree(product) ? null : Product.of(product, uses, layout);
        if (p != null && p.choice.isOfSameLabel(addend)) {
          return p.parts(addend, List.of(product));
        }
      }
      return null;
    }

    /** Begins an instruction that computes the gradient and reads its choices. */
    ChosenInstruction.Draft begin(LoopValue value) {
      return ChosenInstruction.of(value)
          .covering(covers.toArray(LoopValue[]::new))
          .reading(choice.label(), choice.number(), choice.chosen(), choice.otherwise())
          .reading(addend == null ? null : addend.chosen())
          .reading(addend == null ? null : addend.otherwise());
    }

    /** Returns what is added: for none −0, because +0 would change the sign of −0. */
    TileLabels.Choice added(InstructionRegisters r) {
      Register none = Register.number(-0f);
      return addend == null
          ? new TileLabels.Choice(r.of(choice.label()), r.of(choice.number()), none, none)
          : addend.registers(r);
    }
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

    Parts parts(LabelChoice.@Nullable Parts addend, List<LoopValue> covers) {
      List<LoopValue> all = new ArrayList<>(covers);
      all.add(factor);
      all.add(difference);
      return new Parts(choice, addend, p, s, more, all);
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
