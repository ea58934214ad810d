package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import java.util.List;

/**
 * The registers of one instruction's operands and results, and the geometry of its tiles, as its
 * {@linkplain ChosenInstruction.Maker maker} asks for them: in any order, for operands are there
 * before results take their places.
 */
public final class InstructionRegisters {
  private final RegisterAllocator allocator;
  private final Layout layout;
  private final Slots slots;
  private final ChosenInstruction chosen;
  private final int index;
  private boolean hasOperands;
  private boolean hasResults;

  private InstructionRegisters(
      RegisterAllocator allocator,
      Layout layout,
      Slots slots,
      ChosenInstruction chosen,
      int index) {
    this.allocator = allocator;
    this.layout = layout;
    this.slots = slots;
    this.chosen = chosen;
    this.index = index;
  }

  /**
   * Adds a chosen instruction to those of the allocator, after what brings its operands.
   *
   * @param index its number, as in {@link InstructionSelection#lastUses}
   */
  static void add(
      RegisterAllocator allocator,
      Layout layout,
      Slots slots,
      ChosenInstruction chosen,
      int index) {
    InstructionRegisters registers =
        new InstructionRegisters(allocator, layout, slots, chosen, index);
    Instruction made = chosen.maker().make(registers); // this adds those that bring operands
    allocator.instructions().add(made);
    if (!chosen.mayOverwrite() && chosen.roots().isEmpty()) { // other roots read them, too
      allocator.release(chosen.reads(), index);
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
    return allocator.of(value);
  }

  /** Returns the register of an elementwise result, and how far it reaches. */
  public Elementwise.Target target(LoopValue result) {
    return new Elementwise.Target(
        of(result), layout.hasRows(result) ? layout.rows() : 1, layout.room());
  }

  /** Returns an operand's register, spread if need be so that it is read as the result is. */
  public Register stretch(LoopValue operand, LoopValue result) {
    Register out = of(result);
    Register lying = of(operand);
    return Elementwise.isStretch(lying, out) ? lying : allocator.spread(lying, out);
  }

  /** Returns scratch memory that is no value's: so many floats for each worker. */
  Register scratch(int size) {
    return allocator.fresh(size, true, false);
  }

  RegisterAllocator allocator() {
    return allocator;
  }

  private void makeOperands() {
    if (!hasOperands) {
      hasOperands = true;
      chosen.reads().forEach(allocator::read);
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
    results.subList(1, results.size()).forEach(allocator::place);
    if (chosen.mayOverwrite()) {
      allocator.release(chosen.reads(), index);
    }
    allocator.place(results.get(0));
  }
}
