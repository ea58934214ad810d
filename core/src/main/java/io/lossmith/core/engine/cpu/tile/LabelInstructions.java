package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.tile.Selection.Emit;
import java.util.List;

/** Makes the instructions that ask at each place which class is its label's. */
final class LabelInstructions {
  private LabelInstructions() {}

  /**
   * Returns the instruction of one of the label kinds.
   *
   * @param more the number that a gradient has added
   */
  static Instruction of(
      Emit emit, List<Register> operands, double more, Layout layout, Register out) {
    int rows = layout.hasRows(emit.value()) ? layout.rows() : 1;
    return switch (emit.kind()) {
      case LOOKUP ->
          new AtLabels.Lookup(
              operands.get(0),
              operands.size() > 3 ? operands.get(3) : null,
              operands.get(1),
              operands.get(2),
              layout.rows(),
              out);
      case CHOICE ->
          new FusedElementwise.ChoiceAtLabel(
              operands.get(0),
              operands.get(1),
              operands.get(2),
              operands.get(3),
              out,
              rows,
              layout.chunk());
      case CHOSEN_DOT ->
          new AtLabels.ChosenDot(choice(operands, 2), operands.get(4), layout.rows(), out);
      case GRADIENT ->
          new AtLabels.Gradient(
              choice(operands, 2),
              operands.size() > 6 ? choice(operands, 6) : choiceOfZeros(operands),
              operands.get(4),
              operands.get(5),
              (float) more,
              rows,
              out);
      default -> throw new IllegalArgumentException(emit.kind() + " does not ask for labels");
    };
  }

  /** Returns the choice between two operands, the first of which is at {@code from}. */
  private static AtLabels.Choice choice(List<Register> operands, int from) {
    return new AtLabels.Choice(
        operands.get(0), operands.get(1), operands.get(from), operands.get(from + 1));
  }

  private static AtLabels.Choice choiceOfZeros(List<Register> operands) {
    Register none = Register.number(-0f); // adding +0 would change the sign of −0
    return new AtLabels.Choice(operands.get(0), operands.get(1), none, none);
  }
}
