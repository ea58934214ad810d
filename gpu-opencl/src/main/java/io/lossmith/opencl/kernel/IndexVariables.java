package io.lossmith.opencl.kernel;

import io.lossmith.opencl.kernel.MethodCode.Variable;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.nest.Nest.Role;
import io.lossmith.opencl.nest.StridedAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * The index variables of a nest. Those of work-groups are the same for all of its items, and the
 * items' own are consecutive wherever a lane axis is long enough: reads are then side by side. A
 * last tile that is not full begins earlier, so that no item needs a branch; what it does twice is
 * stored twice, and not folded twice.
 */
final class IndexVariables {
  /** An axis at a tile. */
  private record At(int axis, int tile) {}

  private final MethodCode code;
  private final Nest nest;
  private final long lanes;
  private final long tilesOfLanes;
  private final boolean regular;
  private final Map<At, Variable> indexes = new HashMap<>();
  private final Map<List<Object>, Variable> offsets = new HashMap<>();
  private final Map<Integer, Variable> froms = new HashMap<>();
  private final Map<Integer, Variable> ats = new HashMap<>();
  private @Nullable Variable group;
  private @Nullable Variable own;

  IndexVariables(MethodCode code, Nest nest) {
    this.code = code;
    this.nest = nest;
    this.lanes = nest.product(Role.LANE);
    this.tilesOfLanes = nest.tilesOfLanes();
    this.regular = nest.isPartial() && nest.isRegular();
  }

  /** Declares all variables but those of serial axes. */
  void declare(Variable workGroup, Variable local) {
    long share = nest.isPartial() ? nest.groupsOfFold() : tilesOfLanes;
    Variable outer = quotient(workGroup, share);
    Variable part = remainder(workGroup, outer, share);
    split(outer, nest.axes(Role.OUTER), 0);
    if (nest.isPartial()) {
      group = part;
      own = local;
      folded(part, local);
    } else {
      lane(part, local, 0);
    }
  }

  /** Declares the variables of the serial axes; {@code place} counts along all of them. */
  void declareSerial(Variable place) {
    split(place, nest.axes(Role.SERIAL), 0);
  }

  /**
   * The tiles of a regular nest share index variables, at a fixed distance from each other, which
   * is what compilers understand best.
   */
  private void regular(Variable tile, Variable local) {
    times(tile, (long) nest.tiles() * Nest.LANES);
    code.load(local);
    code.instruction(Opcodes.IADD);
    indexes.put(new At(nest.lanes()[0], 0), code.declareInt());
  }

  /** Declares the variables of a round of a regular nest. */
  void declareRound(Variable round) {
    times(Objects.requireNonNull(group), nest.rounds());
    code.load(round);
    code.instruction(Opcodes.IADD);
    regular(code.declareInt(), Objects.requireNonNull(own));
  }

  private void folded(Variable part, Variable local) {
    if (nest.rounds() > 1) {
      return; // its places are those of a round
    }
    if (regular) {
      regular(part, local);
      return;
    }
    int[] axes = nest.axes(Role.FOLDED);
    long all = nest.product(Role.FOLDED) * tilesOfLanes;
    boolean someBeyond = nest.groupsOfFold() * nest.tiles() > all;
    for (int tile = 0; tile < nest.tiles(); tile++) {
      times(part, nest.tiles());
      plus(tile);
      Variable wanted = code.declareInt();
      Variable shared = wanted;
      if (someBeyond) {
        shared = least(wanted, all - 1);
      }
      Variable laneTile = shared;
      if (nest.product(Role.FOLDED) > 1) {
        Variable outer = quotient(shared, tilesOfLanes);
        laneTile = remainder(shared, outer, tilesOfLanes);
        split(outer, axes, tile);
      }
      lane(laneTile, local, tile);
      if (someBeyond || lanes % Nest.LANES != 0) {
        validity(tile, wanted, laneTile, all);
      }
    }
  }

  /** An item counts from a place on: earlier ones belong to the tile before. */
  private void validity(int tile, Variable wanted, Variable laneTile, long all) {
    code.self();
    code.load(wanted);
    code.push((int) all);
    if (lanes >= Nest.LANES) {
      times(laneTile, Nest.LANES);
    } else {
      code.push(0);
    }
    code.call(KernelMethod.FROM);
    froms.put(tile, code.declareInt());
  }

  /** Declares the items' indexes along the lane axes. */
  private void lane(Variable tile, Variable local, int number) {
    Variable place;
    if (lanes == Nest.LANES) {
      place = local;
    } else if (lanes < Nest.LANES) {
      place = least(local, Math.max(0, lanes - 1));
      if (nest.isPartial()) {
        // Items beyond the last place stand on it; how far they were moved tells them from others.
        code.load(place);
        code.load(local);
        code.instruction(Opcodes.ISUB);
        ats.put(number, code.declareInt());
      }
    } else {
      times(tile, Nest.LANES);
      if (lanes % Nest.LANES != 0) {
        Variable start = code.declareInt();
        start = least(start, lanes - Nest.LANES);
        code.load(start);
      }
      code.load(local);
      code.instruction(Opcodes.IADD);
      place = code.declareInt();
    }
    ats.putIfAbsent(number, place);
    int[] backwards = new int[nest.lanes().length];
    for (int i = 0; i < backwards.length; i++) {
      backwards[i] = nest.lanes()[backwards.length - 1 - i];
    }
    split(place, backwards, number);
  }

  /** Splits a place into indexes along axes, the last of which is walked fastest. */
  private void split(Variable place, int[] axes, int tile) {
    int[] walked = Arrays.stream(axes).filter(axis -> nest.sizes()[axis] > 1).toArray();
    long stride = 1;
    for (int i = walked.length - 1; i >= 0; i--) {
      int size = nest.sizes()[walked[i]];
      Variable index = place;
      if (walked.length > 1) {
        code.load(place);
        divide(stride, Opcodes.IDIV);
        if (i > 0) {
          divide(size, Opcodes.IREM);
        }
        index = code.declareInt();
      }
      indexes.put(new At(walked[i], tile), index);
      stride *= size;
    }
  }

  /** Pushes the place in a region's array that an access leads to. */
  void push(StridedAccess access, int offset, int base, int tile) {
    Variable walked = offsets.get(strides(access, tile));
    int constant = base + offset;
    if (regular && tile > 0) {
      constant += tile * Nest.LANES * access.stride(nest.lanes()[0]);
    }
    if (walked == null) {
      code.push(constant);
      return;
    }
    // Last, so that a compiler sees places at a fixed distance for what they are.
    code.load(walked);
    plus(constant);
  }

  /** Declares what {@link #push} will ask for, between statements. */
  void prepare(StridedAccess access, int tile) {
    List<Object> strides = strides(access, tile);
    if (!strides.isEmpty() && !offsets.containsKey(strides)) {
      offsets.put(strides, sum(access, tile));
    }
  }

  /** Returns the index variables that an access walks along, each with its stride. */
  private List<Object> strides(StridedAccess access, int tile) {
    List<Object> strides = new ArrayList<>();
    for (int axis = 0; axis < nest.sizes().length; axis++) {
      if (isWalked(axis) && access.variesOver(axis)) {
        strides.add(index(axis, tile));
        strides.add(access.strides()[axis]);
      }
    }
    return strides;
  }

  /** Returns what is declared now, to go back to at the end of a block. */
  Map<List<Object>, Variable> declared() {
    return Map.copyOf(offsets);
  }

  /** Forgets what was declared within a block. */
  void backTo(Map<List<Object>, Variable> declared) {
    offsets.clear();
    offsets.putAll(declared);
  }

  private boolean isWalked(int axis) {
    return nest.roles()[axis] != Role.UNROLLED && nest.sizes()[axis] > 1;
  }

  private Variable sum(StridedAccess access, int tile) {
    int terms = 0;
    for (int axis = 0; axis < nest.sizes().length; axis++) {
      if (isWalked(axis) && access.variesOver(axis)) {
        times(index(axis, tile), access.strides()[axis]);
        if (terms++ > 0) {
          code.instruction(Opcodes.IADD);
        }
      }
    }
    return code.declareInt();
  }

  private Variable index(int axis, int tile) {
    boolean ofTile = nest.roles()[axis] == Role.FOLDED || nest.roles()[axis] == Role.LANE;
    Variable found = indexes.get(new At(axis, ofTile && !regular ? tile : 0));
    if (found == null) {
      throw new IllegalStateException("opencl: axis " + axis + " has no index");
    }
    return found;
  }

  /** Adds to the place on the stack that of the item's own partial result. */
  void addOwn() {
    if (group == null || own == null) {
      throw new IllegalStateException("opencl: no partial results here");
    }
    times(group, Nest.LANES);
    code.instruction(Opcodes.IADD);
    code.load(own);
    code.instruction(Opcodes.IADD);
  }

  /** Tells whether some items of a tile do not count. */
  boolean hasLimit(int tile) {
    return froms.containsKey(tile);
  }

  /** Pushes an item's place and the one from which on items count. */
  void pushLimit(int tile) {
    code.load(ats.get(tile));
    code.load(froms.get(tile));
  }

  private Variable least(Variable value, long limit) {
    code.self();
    code.load(value);
    code.push((int) limit);
    code.call(KernelMethod.MIN);
    return code.declareInt();
  }

  private Variable quotient(Variable value, long divisor) {
    if (divisor == 1) {
      return value;
    }
    code.load(value);
    code.push((int) divisor);
    code.instruction(Opcodes.IDIV);
    return code.declareInt();
  }

  private Variable remainder(Variable value, Variable quotient, long divisor) {
    if (divisor == 1) {
      code.push(0);
      return code.declareInt();
    }
    code.load(value);
    times(quotient, divisor);
    code.instruction(Opcodes.ISUB);
    return code.declareInt();
  }

  private void divide(long divisor, int opcode) {
    if (divisor != 1) {
      code.push((int) divisor);
      code.instruction(opcode);
    }
  }

  private void times(Variable value, long factor) {
    code.load(value);
    if (factor != 1) {
      code.push((int) factor);
      code.instruction(Opcodes.IMUL);
    }
  }

  private void plus(int number) {
    if (number != 0) {
      code.push(number);
      code.instruction(Opcodes.IADD);
    }
  }
}
