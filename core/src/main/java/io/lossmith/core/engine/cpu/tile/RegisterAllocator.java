package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.CacheLines;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Allocates a register for each value of a loop: right on its array where elements are neighbours
 * there, else in scratch memory, which values that do not live together share. Adds the
 * instructions that copy elements to where registers are, and back.
 */
final class RegisterAllocator {
  /** Floats of a page of memory. */
  private static final int PAGE = 1024;

  /** So many lines at the same place of a page fit in the level-1 cache at least. */
  private static final int CACHE_WAYS = 6;

  private final Layout layout;
  private final InstructionSelection selection;
  private final Destinations destinations;
  private final Staging staging;
  private final boolean areRowsApart;
  private final Map<LoopValue, Integer> lastUses;
  private final Map<LoopValue, Register> registers = new IdentityHashMap<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<TileProgram.Place> views = new ArrayList<>();
  private final List<Integer> scratch = new ArrayList<>();
  private final List<Integer> arrays = new ArrayList<>();
  private final Map<Integer, List<Integer>> free = new HashMap<>();
  private final Map<Integer, LoopValue> holders = new HashMap<>();
  private int scratchSize;

  /**
   * @param areRowsApart whether each row of a register is to lie in an array of its own
   */
  RegisterAllocator(
      Layout layout,
      InstructionSelection selection,
      Destinations destinations,
      Staging staging,
      boolean areRowsApart) {
    this.layout = layout;
    this.selection = selection;
    this.destinations = destinations;
    this.staging = staging;
    this.areRowsApart = areRowsApart;
    this.lastUses = selection.lastUses();
  }

  List<Instruction> instructions() {
    return instructions;
  }

  List<TileProgram.Place> views() {
    return views;
  }

  /** Returns for each register its place in scratch memory; −1 for views. */
  int[] scratch() {
    return scratch.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns for each register how many arrays it takes where it shares none; 0 for views. */
  int[] arrays() {
    return arrays.stream().mapToInt(Integer::intValue).toArray();
  }

  int scratchSize() {
    return scratchSize;
  }

  /** Stores a root that is not computed right at its destination. */
  void store(LoopOutput root) {
    Register value = read(root.value());
    int[] strides = root.destination().strides();
    Register to = view(root.destination(), true, 0);
    int[] offsets = layout.isSpread(strides) ? layout.rowOffsets(strides) : new int[1];
    int step = layout.step(strides);
    instructions.add(new Transfers.Store(value, to, offsets, step, step != 0));
  }

  /** Returns the register of a value that is a number, a load, or was computed before. */
  Register read(LoopValue value) {
    Register known = registers.get(value);
    if (known != null) {
      requireHeld(value, known);
      return known;
    }
    Register made =
        value.op() instanceof Leaf.Scalar scalar ? Register.number(scalar.value()) : load(value);
    registers.put(value, made);
    return made;
  }

  /** Returns the register of an operand that is there, or of a result. */
  Register of(LoopValue value) {
    return registers.get(value);
  }

  /** Puts a result right to its destination if it fits there, else to scratch. */
  void place(LoopValue value) {
    LoopOutput root = destinations.of(value);
    if (root == null) {
      registers.put(value, allocate(value));
    } else {
      int rowStride = Layout.evenStep(layout.rowOffsets(root.destination().strides()));
      registers.put(
          value, view(root.destination(), layout.onColumn(value), Math.max(0, rowStride)));
    }
  }

  /** Hands on the scratch memory of those operands that nobody reads after an instruction. */
  void release(List<LoopValue> operands, int instruction) {
    for (LoopValue operand : operands.stream().distinct().toList()) {
      Register register = registers.get(operand);
      if (!register.isNumber()
          && lastUses.getOrDefault(operand, -1) == instruction
          && scratch.get(register.index()) >= 0) {
        int size = layout.size(operand);
        free.computeIfAbsent(size, s -> new ArrayList<>()).add(scratch.get(register.index()));
      }
    }
  }

  /** Spreads an operand so that it is read element by element, as a result is. */
  Register spread(Register operand, Register out) {
    boolean rows = operand.rows();
    int size = (out.column() ? layout.room() : 1) * (rows ? layout.rows() : 1);
    // Never memory that was just freed: another operand of this instruction may still lie there.
    Register spread = fresh(size, out.column(), rows);
    instructions.add(new Transfers.Spread(operand, spread, rows ? layout.rows() : 1));
    return spread;
  }

  /**
   * Tells whether an operand is still to be copied from its array, row by row: an instruction that
   * goes through it anyway may do so itself, from {@link #lying} to {@link #copy}.
   */
  boolean isToBeCopied(LoopValue operand) {
    LoopValue.Load load = operand.load();
    return load != null
        && !staging.holds(load.buffer(), true)
        && !registers.containsKey(operand)
        && layout.onColumn(operand)
        && layout.step(load.strides()) == 1
        && (isReadAgain(operand)
            || collides(operand, Layout.evenStep(layout.rowOffsets(load.strides()))));
  }

  /** Returns where an operand lies in its array. */
  Register lying(LoopValue operand) {
    return view(operand.load(), true, 0);
  }

  /** Returns where each row of an operand begins in its array. */
  int[] rowOffsets(LoopValue operand) {
    return layout.rowOffsets(operand.load().strides());
  }

  /** Returns where its copy goes. */
  Register copy(LoopValue operand) {
    Register copy = allocate(operand);
    registers.put(operand, copy);
    return copy;
  }

  /** Scratch memory is handed on to other values; who comes too late must not find theirs. */
  private void requireHeld(LoopValue value, Register register) {
    int place = register.isNumber() ? -1 : scratch.get(register.index());
    if (place >= 0 && holders.get(place) != value) {
      throw new IllegalStateException(
          "cpu: scratch memory of the value " + value.op().label() + " was handed on too early");
    }
  }

  /** Lays a register on the array, or gathers into scratch where the elements are no neighbours. */
  private Register load(LoopValue value) {
    LoopValue.Load load = value.load();
    boolean column = layout.onColumn(value);
    int step = layout.step(load.strides());
    int[] rowOffsets = layout.rowOffsets(load.strides());
    int rowStride = Layout.evenStep(rowOffsets);
    boolean direct =
        !staging.holds(load.buffer(), column && step == 1)
            && rowStride != Layout.UNEVEN
            && (!column || step == 1)
            && !collides(value, rowStride)
            && !isReadAgain(value);
    Register lying = view(load, column, direct ? rowStride : 0);
    if (direct) {
      return lying;
    }
    Register out = allocate(value);
    int[] offsets = layout.hasRows(value) ? rowOffsets : new int[1];
    instructions.add(new Transfers.Load(lying, offsets, step, out));
    return out;
  }

  /**
   * Rows a multiple of a page apart share the same few places of the caches and drive each other
   * out, so what is read again is copied once.
   */
  private boolean collides(LoopValue value, int rowStride) {
    return layout.rows() > CACHE_WAYS
        && rowStride != 0
        && rowStride % PAGE == 0
        && selection.reads(value) > 1;
  }

  private boolean isReadAgain(LoopValue value) {
    return staging == Staging.READ_AGAIN && layout.onColumn(value) && selection.readers(value) > 1;
  }

  private Register view(LoopValue.Load load, boolean column, int rowStride) {
    Register register =
        new Register(scratch.size(), load.buffer().id(), 0, column, rowStride != 0, rowStride);
    scratch.add(-1);
    arrays.add(0);
    views.add(
        new TileProgram.Place(
            register.index(),
            load.buffer(),
            load.offset(),
            layout.outer(load.strides()),
            layout.step(load.strides())));
    return register;
  }

  private Register allocate(LoopValue value) {
    int size = layout.size(value);
    boolean column = layout.onColumn(value);
    boolean rows = layout.hasRows(value);
    List<Integer> places = free.getOrDefault(size, List.of());
    Register register =
        places.isEmpty()
            ? fresh(size, column, rows)
            : scratch(places.remove(places.size() - 1), column, rows);
    holders.put(scratch.get(register.index()), value);
    return register;
  }

  /** Returns scratch memory that no value has had. */
  Register fresh(int size, boolean column, boolean rows) {
    int place = scratchSize;
    scratchSize += CacheLines.whole(size);
    return scratch(place, column, rows);
  }

  private Register scratch(int place, boolean column, boolean rows) {
    boolean apart = areRowsApart && rows && column;
    int rowStride = apart || !rows ? 0 : column ? layout.room() : 1;
    Register register = new Register(scratch.size(), Register.NONE, 0, column, rows, rowStride);
    scratch.add(place);
    arrays.add(apart ? layout.rows() : 1);
    return register;
  }
}
