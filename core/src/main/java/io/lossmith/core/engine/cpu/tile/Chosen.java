package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.Root;
import io.lossmith.core.plan.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An instruction to be: what it computes, from what, and how it is made once registers are known.
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
public record Chosen(
    List<Value> results,
    List<Root> roots,
    List<Value> reads,
    List<Value> covers,
    boolean mayOverwrite,
    boolean isEarly,
    Maker maker) {
  /** Makes an instruction. */
  public interface Maker {
    /** Returns the instruction, whose operands and results are in registers. */
    Instruction make(Registers registers);
  }

  /** Begins with a value that is computed. */
  public static Draft of(Value result) {
    return new Draft(List.of(result), List.of());
  }

  /** Begins with roots that are folded. */
  public static Draft of(Root... roots) {
    return new Draft(List.of(), List.of(roots));
  }

  /** What is known so far. */
  public static final class Draft {
    private final List<Value> results;
    private final List<Root> roots;
    private final List<Value> reads = new ArrayList<>();
    private final List<Value> covers = new ArrayList<>();
    private boolean mayOverwrite;
    private boolean isEarly;

    private Draft(List<Value> results, List<Root> roots) {
      this.results = new ArrayList<>(results);
      this.roots = roots;
    }

    /** Computes another value besides. */
    public Draft beside(Value result) {
      results.add(result);
      return this;
    }

    /** Reads these; null stands for none. */
    public Draft reading(@Nullable Value... operands) {
      Stream.of(operands).filter(operand -> operand != null).forEach(reads::add);
      return this;
    }

    /** Computes these on the way. */
    public Draft covering(Value... inner) {
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
    public Chosen by(Maker maker) {
      return new Chosen(
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
