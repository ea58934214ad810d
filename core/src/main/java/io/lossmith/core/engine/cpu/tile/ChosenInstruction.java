package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What instruction selection has chosen for one instruction: which values it computes, which it
 * reads, and how it is made once registers are allocated.
 *
 * @param results the values that it computes; none where it folds roots
 * @param roots the roots that it folds
 * @param reads its operands
 * @param covers values on the way that are never stored, for nobody else reads them
 * @param mayOverwrite whether the first result may lie where an operand lies that is not needed
 *     afterwards; others never do
 * @param isEarly whether it is computed as soon as its operands are there, so that their memory
 *     serves others
 * @param maker makes the instruction
 */
public record ChosenInstruction(
    List<LoopValue> results,
    List<LoopOutput> roots,
    List<LoopValue> reads,
    List<LoopValue> covers,
    boolean mayOverwrite,
    boolean isEarly,
    Maker maker) {
  /** Makes an instruction. */
  public interface Maker {
    /** Returns the instruction, whose operands and results are in registers. */
    Instruction make(InstructionRegisters registers);
  }

  /** Begins with a value that is computed. */
  public static Draft of(LoopValue result) {
    return new Draft(List.of(result), List.of());
  }

  /** Begins with roots that are folded. */
  public static Draft of(LoopOutput... roots) {
    return new Draft(List.of(), List.of(roots));
  }

  /** What is known so far. */
  public static final class Draft {
    private final List<LoopValue> results;
    private final List<LoopOutput> roots;
    private final List<LoopValue> reads = new ArrayList<>();
    private final List<LoopValue> covers = new ArrayList<>();
    private boolean mayOverwrite;
    private boolean isEarly;

    private Draft(List<LoopValue> results, List<LoopOutput> roots) {
      this.results = new ArrayList<>(results);
      this.roots = roots;
    }

    /** Computes another value besides. */
    public Draft beside(LoopValue result) {
      results.add(result);
      return this;
    }

    /** Reads these; null stands for none. */
    public Draft reading(@Nullable LoopValue... operands) {
      Stream.of(operands).filter(operand -> operand != null).forEach(reads::add);
      return this;
    }

    /** Computes these on the way. */
    public Draft covering(LoopValue... inner) {
      covers.addAll(List.of(inner));
      return this;
    }

    /** May write over an operand. */
    public Draft overwriting() {
      mayOverwrite = true;
      return this;
    }

    /** Comes as soon as its operands are there. */
    public Draft early() {
      isEarly = true;
      return this;
    }

    /** Ends with how the instruction is made. */
    public ChosenInstruction by(Maker maker) {
      return new ChosenInstruction(
          List.copyOf(results),
          roots,
          List.copyOf(reads),
          covers.stream().distinct().toList(),
          mayOverwrite,
          isEarly,
          maker);
    }
  }
}
