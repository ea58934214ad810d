package io.lossmith.opencl.kernel;

import io.lossmith.core.op.Fold;
import io.lossmith.opencl.kernel.MethodCode.Variable;
import io.lossmith.opencl.nest.Code;
import io.lossmith.opencl.nest.Expansion;
import io.lossmith.opencl.nest.MemoryRegion;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.nest.Nest.Out;
import io.lossmith.opencl.nest.Nest.Role;
import io.lossmith.opencl.nest.StridedAccess;
import io.lossmith.opencl.schedule.Placement.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes the method that runs one nest. */
final class NestWriter {
  private final MethodCode code;
  private final Nest nest;
  private final long launched;
  private final Function<MemoryRegion, Slot> slots;
  private final Expansion expansion;
  private final IndexVariables indexes;
  private final Statements statements;

  /** A fold that is under way: what is folded, so far, and what a long sum lost. */
  private record Running(
      Code value, Fold fold, Variable sofar, @Nullable Variable lost, Out out, int[] index) {}

  /**
   * @param launched how many work-groups the nest is run by, which may be more than it needs
   */
  NestWriter(MethodCode code, Nest nest, long launched, Function<MemoryRegion, Slot> slots) {
    this.code = code;
    this.nest = nest;
    this.launched = launched;
    this.slots = slots;
    this.expansion = new Expansion(nest.sizes(), nest.roles());
    this.indexes = new IndexVariables(code, nest);
    this.statements = new Statements(code, indexes, slots);
  }

  void write() {
    // Whatever the driver makes a work-group of, each item has the same place. All but its number
    // within the work-group is the same for all of a work-group, and compilers see that: they take
    // neighbouring items for neighbours in memory.
    Variable first =
        of(ask(KernelMethod.GET_GROUP_ID), ask(KernelMethod.GET_LOCAL_SIZE), Opcodes.IMUL);
    Variable group = part(first, Opcodes.ISHR, Integer.numberOfTrailingZeros(Nest.LANES));
    Variable before = part(first, Opcodes.IAND, Nest.LANES - 1);
    Variable item = of(before, ask(KernelMethod.GET_LOCAL_ID), Opcodes.IADD);
    Label end = new Label();
    if (nest.groups() < launched) { // each branch more keeps PoCL from taking out others
      unless(group, nest.groups(), end);
    }
    // True of each that is left. So compilers know how large places can be, and that they differ by
    // what is written; else they keep a pointer for each access.
    group = part(group, Opcodes.IAND, mask(nest.groups()));
    long lanes = nest.product(Role.LANE);
    if (nest.has(Role.SERIAL) && lanes < Nest.LANES) {
      unless(item, lanes, end);
    }
    List<Variable> outside = code.open();
    indexes.declare(group, item);
    if (nest.has(Role.SERIAL)) {
      serial();
    } else if (nest.rounds() > 1) {
      rounds();
    } else {
      straight();
    }
    code.closeAllBut(outside);
    code.label(end);
    code.end();
  }

  private Variable ask(KernelMethod called) {
    code.self();
    code.call(called);
    return code.declareInt();
  }

  private Variable of(Variable one, Variable other, int opcode) {
    code.load(one);
    code.load(other);
    code.instruction(opcode);
    return code.declareInt();
  }

  private Variable part(Variable place, int opcode, int number) {
    code.load(place);
    code.push(number);
    code.instruction(opcode);
    return code.declareInt();
  }

  /** Returns the bits that numbers below this one may have. */
  private static int mask(long limit) {
    return limit <= 1 ? 0 : Math.toIntExact(Long.highestOneBit(limit - 1) * 2 - 1);
  }

  private void unless(Variable value, long limit, Label end) {
    code.load(value);
    code.push(Math.toIntExact(limit));
    code.jump(Opcodes.IF_ICMPGE, end);
  }

  private void straight() {
    List<Statements.Store> stores = new ArrayList<>();
    for (Out out : nest.outs()) {
      for (int[] index : expansion.indexes(out)) {
        if (out.fold() != null) {
          stores.add(store(out, index, partial(out, out.fold(), index), 0, true));
          continue;
        }
        for (int tile = 0; tile < (nest.isPartial() ? nest.tiles() : 1); tile++) {
          stores.add(store(out, index, expansion.of(out.value(), index, tile), tile, false));
        }
      }
    }
    statements.write(stores);
  }

  private static Statements.Store store(
      Out out, int[] index, Code value, int tile, boolean isPartial) {
    StridedAccess to = out.destination();
    return new Statements.Store(to, Expansion.offset(to, index), tile, isPartial, value);
  }

  /** An item's tiles, folded; what lies outside of a tile does not count. */
  private Code partial(Out out, Fold fold, int[] index) {
    List<Code> tiles = new ArrayList<>();
    for (int tile = 0; tile < nest.tiles(); tile++) {
      Code value = expansion.of(out.value(), index, tile);
      tiles.add(indexes.hasLimit(tile) ? new Code.Within(tile, fold, List.of(value)) : value);
    }
    return Expansion.tree(fold, tiles);
  }

  /** As {@link #straight}, again and again; so few sums that they need not know what they lost. */
  private void rounds() {
    List<Running> folds = new ArrayList<>();
    List<Statements.Store> stores = new ArrayList<>();
    for (Out out : nest.outs()) {
      for (int[] index : expansion.indexes(out)) {
        if (out.fold() != null) {
          folds.add(running(partial(out, out.fold(), index), out.fold(), false, out, index));
          continue;
        }
        for (int tile = 0; tile < nest.tiles(); tile++) {
          stores.add(store(out, index, expansion.of(out.value(), index, tile), tile, false));
        }
      }
    }
    loop(nest.rounds(), indexes::declareRound, folds, stores);
    for (Running fold : folds) {
      finish(fold);
    }
  }

  private Running running(Code value, Fold fold, boolean isLong, Out out, int[] index) {
    code.push((float) fold.start());
    Variable sofar = code.declareFloat();
    Variable lost = null;
    if (isLong && fold == Fold.SUM) {
      code.push(0f);
      lost = code.declareFloat();
    }
    return new Running(value, fold, sofar, lost, out, index);
  }

  private void serial() {
    List<Running> folds = new ArrayList<>();
    List<Statements.Store> stores = new ArrayList<>();
    for (Out out : nest.outs()) {
      for (int[] index : expansion.indexes(out)) {
        Code value = expansion.of(out.value(), index, 0);
        if (out.fold() == null) {
          stores.add(store(out, index, value, 0, false));
        } else {
          folds.add(running(value, out.fold(), true, out, index));
        }
      }
    }
    if (nest.product(Role.SERIAL) > 0) {
      loop(nest.product(Role.SERIAL), indexes::declareSerial, folds, stores);
    }
    for (Running fold : folds) {
      finish(fold);
    }
  }

  private void loop(
      long times, Consumer<Variable> declare, List<Running> folds, List<Statements.Store> stores) {
    code.push(0);
    Variable counter = code.declareInt();
    Label top = new Label();
    Label bottom = new Label();
    code.label(top);
    code.load(counter);
    code.push(Math.toIntExact(times));
    code.jump(Opcodes.IF_ICMPGE, bottom);
    List<Variable> outside = code.open();
    Map<List<Object>, Variable> declared = indexes.declared();
    declare.accept(counter);
    statements.writeAll(stores, folds.stream().map(Running::value).toList());
    for (Running fold : folds) {
      step(fold);
    }
    code.closeAllBut(outside);
    indexes.backTo(declared);
    code.increment(counter);
    code.jump(Opcodes.GOTO, top);
    code.label(bottom);
  }

  private void step(Running fold) {
    Variable value = statements.variable(fold.value());
    Emission joined = KernelOperations.of(fold.fold());
    joined.begin(code);
    code.load(fold.sofar());
    code.load(value);
    joined.end(code);
    Variable next = code.declareFloat();
    if (fold.lost() != null) {
      code.load(fold.lost());
      code.self();
      code.load(fold.sofar());
      code.load(value);
      code.load(next);
      code.call(KernelMethod.LOST);
      code.instruction(Opcodes.FADD);
      code.storeFloat(fold.lost());
    }
    code.load(next);
    code.storeFloat(fold.sofar());
  }

  private void finish(Running fold) {
    StridedAccess to = fold.out().destination();
    indexes.prepare(to, 0);
    Slot slot = slots.apply(to.region());
    code.array(slot.field());
    indexes.push(to, Expansion.offset(to, fold.index()), slot.offset(), 0);
    if (nest.isPartial()) {
      indexes.addOwn();
    }
    if (fold.lost() != null) {
      code.self();
      code.load(fold.sofar());
      code.load(fold.lost());
      code.call(KernelMethod.TOTAL);
    } else {
      code.load(fold.sofar());
    }
    code.instruction(Opcodes.FASTORE);
  }
}
