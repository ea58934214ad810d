package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import java.util.List;

/**
 * What an instruction is made of: the registers of its operands and results, and the geometry of
 * its tiles. It may ask in any order; operands are there before results take their places.
 */
public final class Registers {
  private final RegisterFile file;
  private final Layout layout;
  private final Slots slots;
  private final Chosen chosen;
  private final int index;
  private boolean hasOperands;
  private boolean hasResults;

  private Registers(RegisterFile file, Layout layout, Slots slots, Chosen chosen, int index) {
    this.file = file;
    this.layout = layout;
    this.slots = slots;
    this.chosen = chosen;
    this.index = index;
  }

  /**
   * Adds a chosen instruction to those of the file, after what brings its operands.
   *
   * @param index its number, as in {@link InstructionSelection#lastUses}
   */
  static void add(RegisterFile file, Layout layout, Slots slots, Chosen chosen, int index) {
    Registers registers = new Registers(file, layout, slots, chosen, index);
    Instruction made = chosen.maker().make(registers); // this adds those that bring operands
    file.instructions().add(made);
    if (!chosen.mayOverwrite() && chosen.roots().isEmpty()) { // other roots read them, too
      file.release(chosen.reads(), index);
    }
  }

  /** Returns how many rows a tile has. */
  public int rows() {
    return layout.rows();
  }

  /** Returns how a root is folded, and where to. */
  public TileFold.Target folded(LoopOutput root) {
    return TileFold.Target.of(root, layout, slots.place(root));
  }

  /** Returns the register of an operand or a result. */
  public Register of(LoopValue value) {
    if (chosen.results().contains(value)) {
      makeResults();
    } else {
      makeOperands();
    }
    return file.of(value);
  }

  /** Returns the register of an elementwise result, and how far it reaches. */
  public Elementwise.Target target(LoopValue result) {
    return new Elementwise.Target(
        of(result), layout.hasRows(result) ? layout.rows() : 1, layout.chunk());
  }

  /** Returns an operand's register, spread if need be so that it is read as the result is. */
  public Register stretch(LoopValue operand, LoopValue result) {
    Register out = of(result);
    Register lying = of(operand);
    return Elementwise.isStretch(lying, out) ? lying : file.spread(lying, out);
  }

  RegisterFile file() {
    return file;
  }

  private void makeOperands() {
    if (!hasOperands) {
      hasOperands = true;
      chosen.reads().forEach(file::read);
    }
  }

  /**
   * Makes room for the results. Gathering an operand takes scratch too, so all of them must be
   * there before any is freed.
   */
  private void makeResults() {
    if (hasResults) {
      return;
    }
    hasResults = true;
    makeOperands();
    List<LoopValue> results = chosen.results();
    results.subList(1, results.size()).forEach(file::place);
    if (chosen.mayOverwrite()) {
      file.release(chosen.reads(), index);
    }
    file.place(results.get(0));
  }
}
