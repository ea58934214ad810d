package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Elementwise;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.InstructionRegisters;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileLabels;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Where;
import io.lossmith.core.plan.LoopValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** where(label = number, a, b): one of two numbers of each row, by the label of each place. */
final class LabelChoice implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue where, Uses uses, Layout layout) {
    Parts parts = Parts.of(where, layout);
    return parts == null
        ? null
        : ChosenInstruction.of(where)
            .reading(parts.label, parts.number, parts.chosen, parts.otherwise)
            .by(r -> new Run(parts.registers(r), r.target(where)));
  }

  /** What a choice is made of. */
  record Parts(LoopValue label, LoopValue number, LoopValue chosen, LoopValue otherwise) {
    /** Returns the parts, or null for a value that is no such choice. */
    static @Nullable Parts of(LoopValue where, Layout layout) {
      if (!(where.op() instanceof Where)) {
        return null;
      }
      List<LoopValue> operands = where.operands();
      LabelMatch match = LabelMatch.of(operands.get(0), layout);
      return match == null || layout.onColumn(operands.get(1)) || layout.onColumn(operands.get(2))
          ? null
          : new Parts(match.label(), match.number(), operands.get(1), operands.get(2));
    }

    boolean isOfSameLabel(Parts other) {
      return label == other.label && number == other.number;
    }

    TileLabels.Choice registers(InstructionRegisters r) {
      return new TileLabels.Choice(r.of(label), r.of(number), r.of(chosen), r.of(otherwise));
    }
  }

  static final class Run extends Elementwise {
    private final Register label;
    private final Register number;
    private final Register chosen;
    private final Register otherwise;

    private Run(TileLabels.Choice choice, Target target) {
      super(target, choice.label(), choice.number(), choice.chosen(), choice.otherwise());
      this.label = choice.label();
      this.number = choice.number();
      this.chosen = choice.chosen();
      this.otherwise = choice.otherwise();
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      kernels
          .labels()
          .choose(
              label.array(w, row),
              label.offset(w, row),
              number.at(w, row),
              chosen.at(w, row),
              otherwise.at(w, row),
              out.array(w, row),
              out.offset(w, row),
              n);
    }
  }
}
