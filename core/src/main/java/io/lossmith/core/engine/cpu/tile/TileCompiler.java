package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.plan.LoopAxes;
import io.lossmith.core.plan.Root;
import io.lossmith.core.plan.Step;
import io.lossmith.core.plan.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles a loop for the tile interpreter: chooses instructions, lays registers on arrays where
 * their elements are neighbours, and shares scratch memory between values that do not live
 * together.
 */
public final class TileCompiler {
  /** Floats of one register of a tile with rows, at most. Long rows read memory faster. */
  private static final int TILE = 65536;

  /** Floats of all registers of such a tile, at most: what the level-2 cache has room for. */
  private static final int TILE_MEMORY = 131072;

  private static final int SMALLEST_TILE = 4096;

  /** Floats of one register of a tile without rows; a few of them fit in the level-1 cache. */
  private static final int STRETCH = 1024;

  /** More places than this of an axis that no local fold folds leave no room for long stretches. */
  private static final int MOST_HELD = 64;

  /** Floats of a page of memory. */
  private static final int PAGE = 1024;

  /** So many lines at the same place of a page fit in the level-1 cache at least. */
  private static final int CACHE_WAYS = 6;

  private final Step.Loop loop;
  private final Layout layout;
  private final Selection selection;
  private final Map<Value, Register> registers = new IdentityHashMap<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<TileProgram.Place> views = new ArrayList<>();
  private final List<Integer> scratch = new ArrayList<>();
  private final Map<Integer, List<Integer>> free = new HashMap<>();
  private final Map<Integer, Value> holders = new HashMap<>();
  private int scratchSize;

  private TileCompiler(Step.Loop loop, LoopAxes axes, int tile) {
    this.loop = loop;
    this.layout = new Layout(loop, axes, tile, STRETCH);
    this.selection = new Selection(loop, layout);
  }

  /** Compiles a loop. */
  public static TileProgram compile(Step.Loop loop) {
    LoopAxes axes = LoopAxes.of(loop, MOST_HELD);
    TileProgram program = new TileCompiler(loop, axes, TILE).compile();
    for (int tile = TILE / 2; tile >= SMALLEST_TILE && isTooLarge(program); tile /= 2) {
      program = new TileCompiler(loop, axes, tile).compile();
    }
    return program;
  }

  private static boolean isTooLarge(TileProgram program) {
    return program.rows() > 1 && program.scratchSize() > TILE_MEMORY;
  }

  private TileProgram compile() {
    Map<Value, Integer> lastUse = selection.lastUses();
    List<Selection.Emit> emits = selection.emits();
    for (int i = 0; i < emits.size(); i++) {
      Selection.Emit emit = emits.get(i);
      // Gathering an operand takes scratch too, so all of them must be there before any is freed.
      if (copiesWhileFolding(emit)) {
        continue;
      }
      List<Register> operands = emit.reads().stream().map(this::register).toList();
      if (emit.kind() == Selection.Kind.ROWS_EXP) {
        result(emit.second()); // the powers may lie where their operand lies, their sum may not
      }
      if (emit.mayOverwrite()) {
        release(emit, i, lastUse);
        emit(emit, operands);
      } else {
        emit(emit, operands);
        release(emit, i, lastUse);
      }
    }
    RootFolds folds = new RootFolds(layout, selection);
    for (Root root : loop.roots()) {
      if (root.fold() == null) {
        store(root);
      } else {
        folds.add(root);
      }
    }
    instructions.addAll(folds.instructions(this::register));
    int[] places = scratch.stream().mapToInt(Integer::intValue).toArray();
    return new TileProgram(
        layout.outerSizes(),
        layout.rows(),
        layout.column(),
        layout.chunk(),
        instructions.toArray(Instruction[]::new),
        List.copyOf(views),
        places,
        scratchSize,
        folds.partials(),
        folds.slotSize(),
        Overwrites.of(loop, selection));
  }

  /** Scratch memory is handed on to other values; who comes too late must not find theirs. */
  private void requireHeld(Value value, Register register) {
    int place = register.isNumber() ? -1 : scratch.get(register.index());
    if (place >= 0 && holders.get(place) != value) {
      throw new IllegalStateException(
          "cpu: scratch memory of the value " + value.op().label() + " was handed on too early");
    }
  }

  private void release(Selection.Emit emit, int index, Map<Value, Integer> lastUse) {
    for (Value operand : emit.reads().stream().distinct().toList()) {
      Register register = registers.get(operand);
      if (register != null
          && !register.isNumber()
          && lastUse.getOrDefault(operand, -1) == index
          && scratch.get(register.index()) >= 0) {
        int size = layout.size(operand);
        free.computeIfAbsent(size, s -> new ArrayList<>()).add(scratch.get(register.index()));
      }
    }
  }

  private void emit(Selection.Emit emit, List<Register> operands) {
    Value value = emit.value();
    Register out = result(value);
    int rows = layout.hasRows(value) ? layout.rows() : 1;
    int chunk = layout.chunk();
    switch (emit.kind()) {
      case UNARY ->
          instructions.add(
              new Elementwise.One(emit.unary(), stretch(operands.get(0), out), out, rows, chunk));
      case BINARY -> {
        Register a = operands.get(0);
        Register b = operands.get(1);
        if (!Elementwise.isStretch(a, out) && !Elementwise.isStretch(b, out)) {
          a = stretch(a, out);
        }
        instructions.add(new Elementwise.Two(emit.binary(), a, b, out, rows, chunk));
      }
      case WHERE ->
          instructions.add(
              new Elementwise.Choice(
                  stretch(operands.get(0), out),
                  operands.get(1),
                  operands.get(2),
                  out,
                  rows,
                  chunk));
      case MULTIPLY_ADD, MULTIPLY_SUBTRACT ->
          instructions.add(
              new FusedElementwise.MultiplyAdd(
                  operands.get(0),
                  operands.get(1),
                  operands.get(2),
                  emit.kind() == Selection.Kind.MULTIPLY_ADD ? 1 : -1,
                  out,
                  rows,
                  chunk));
      case MULTIPLY_FROM ->
          instructions.add(
              new Patterns.MultiplyFrom(
                  operands.get(0), operands.get(1), operands.get(2), out, rows, chunk));
      case CLAMP -> {
        Clamp clamp = Clamp.of(value, inner -> true);
        Register a = stretch(operands.get(0), out);
        instructions.add(new Patterns.Clamped(a, clamp.low(), clamp.high(), out, rows, chunk));
      }
      case OUT_OF_RANGE -> {
        ValueRange range = ((OutOfRange) value.op()).range();
        Register a = stretch(operands.get(0), out);
        instructions.add(new Patterns.Outside(range, a, out, rows, chunk));
      }
      case LOGARITHM -> {
        Logarithm log = Logarithm.of(value, inner -> true);
        Register a = stretch(operands.get(0), out);
        instructions.add(new Patterns.Log(log.op(), a, log.low(), out, rows, chunk));
      }
      case QUOTIENT -> {
        instructions.add(
            new Patterns.Division(
                GuardedQuotient.of(value),
                stretch(operands.get(0), out),
                stretch(operands.get(1), out),
                stretch(operands.get(2), out),
                out,
                rows,
                chunk));
      }
      case SIGMOID_SLOPE ->
          instructions.add(
              new Patterns.SigmoidSlope(operands.get(0), operands.get(1), out, rows, chunk));
      case LOGISTIC -> {
        Register softplus = result(emit.second());
        instructions.add(
            new FusedElementwise.Logistic(operands.get(0), out, softplus, rows, chunk));
      }
      case ROWS ->
          instructions.add(new Folds.Rows(emit.fold(), operands.get(0), layout.rows(), out));
      case ROWS_DOT ->
          instructions.add(new Folds.RowsDot(operands.get(0), operands.get(1), layout.rows(), out));
      case SCALED_EXP ->
          instructions.add(
              new FusedElementwise.ScaledExp(
                  operands.get(0), operands.get(1), operands.get(2), out, rows, chunk));
      case LOOKUP, CHOICE, CHOSEN_DOT, GRADIENT -> {
        double more = emit.kind() == Selection.Kind.GRADIENT ? selection.more(value) : 0;
        instructions.add(LabelInstructions.of(emit, operands, more, layout, out));
      }
      case ROWS_EXP -> {
        instructions.add(
            new Folds.RowsExp(
                operands.get(0),
                operands.get(1),
                emit.isBelowOne(),
                layout.rows(),
                out,
                registers.get(emit.second())));
      }
    }
  }

  /** Returns the register of a value that is a number, a load, or was emitted before. */
  private Register register(Value value) {
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

  /** Lays a register on the array, or gathers into scratch where the elements are no neighbours. */
  private Register load(Value value) {
    Value.Load load = value.load();
    boolean column = layout.onColumn(value);
    int step = layout.step(load.strides());
    int[] rowOffsets = layout.rowOffsets(load.strides());
    int rowStride = Layout.evenStep(rowOffsets);
    boolean direct =
        rowStride != Layout.UNEVEN && (!column || step == 1) && !collides(value, rowStride);
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
  private boolean collides(Value value, int rowStride) {
    return layout.rows() > CACHE_WAYS
        && rowStride != 0
        && rowStride % PAGE == 0
        && selection.reads(value) > 1;
  }

  /** Where rows are copied before they are folded, both are done in one go. */
  private boolean copiesWhileFolding(Selection.Emit emit) {
    Value operand = emit.reads().get(0);
    Value.Load load = operand.load();
    if (emit.kind() != Selection.Kind.ROWS
        || load == null
        || registers.containsKey(operand)
        || !layout.onColumn(operand)
        || layout.step(load.strides()) != 1
        || !collides(operand, Layout.evenStep(layout.rowOffsets(load.strides())))) {
      return false;
    }
    Register copy = allocate(operand);
    registers.put(operand, copy);
    Register lying = view(load, true, 0);
    int[] offsets = layout.rowOffsets(load.strides());
    instructions.add(new Folds.RowsCopied(emit.fold(), lying, offsets, copy, result(emit.value())));
    return true;
  }

  private Register view(Value.Load load, boolean column, int rowStride) {
    Register register = new Register(scratch.size(), 0, column, rowStride);
    scratch.add(-1);
    views.add(
        new TileProgram.Place(
            register.index(),
            load.buffer(),
            load.offset(),
            layout.outer(load.strides()),
            layout.step(load.strides())));
    return register;
  }

  /**
   * Returns where an emitted value goes: right to its destination if it fits there, else scratch.
   */
  private Register result(Value value) {
    Root root = selection.direct(value);
    Register register;
    if (root == null) {
      register = allocate(value);
    } else {
      int[] rowOffsets = layout.rowOffsets(root.destination().strides());
      register =
          view(
              root.destination(), layout.onColumn(value), Math.max(0, Layout.evenStep(rowOffsets)));
    }
    registers.put(value, register);
    return register;
  }

  private Register allocate(Value value) {
    Register register = allocate(layout.size(value), layout.onColumn(value), layout.hasRows(value));
    holders.put(scratch.get(register.index()), value);
    return register;
  }

  private Register allocate(int size, boolean column, boolean rows) {
    List<Integer> places = free.getOrDefault(size, List.of());
    return places.isEmpty()
        ? fresh(size, column, rows)
        : scratch(places.remove(places.size() - 1), column, rows);
  }

  private Register fresh(int size, boolean column, boolean rows) {
    scratchSize += size;
    return scratch(scratchSize - size, column, rows);
  }

  private Register scratch(int place, boolean column, boolean rows) {
    int rowStride = !rows ? 0 : column ? layout.chunk() : 1;
    Register register = new Register(scratch.size(), 0, column, rowStride);
    scratch.add(place);
    return register;
  }

  /** Makes an operand readable element by element. */
  private Register stretch(Register operand, Register out) {
    if (Elementwise.isStretch(operand, out)) {
      return operand;
    }
    boolean rows = operand.rowStride() != 0;
    int size = (out.column() ? layout.chunk() : 1) * (rows ? layout.rows() : 1);
    // Never memory that was just freed: another operand of this instruction may still lie there.
    Register spread = fresh(size, out.column(), rows);
    instructions.add(new Transfers.Spread(operand, spread, rows ? layout.rows() : 1));
    return spread;
  }

  private void store(Root root) {
    if (selection.direct(root.value()) == root) {
      return;
    }
    Register value = register(root.value());
    int[] strides = root.destination().strides();
    Register to = view(root.destination(), true, 0);
    int[] offsets = layout.rowOffsets(strides);
    boolean rows = layout.isSpread(strides);
    instructions.add(
        new Transfers.Store(
            value,
            to,
            rows ? offsets : new int[1],
            layout.step(strides),
            layout.step(strides) != 0));
  }
}
