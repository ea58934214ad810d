package io.lossmith.opencl.kernel;

import io.lossmith.opencl.kernel.MethodCode.Variable;
import io.lossmith.opencl.nest.Code;
import io.lossmith.opencl.nest.MemoryRegion;
import io.lossmith.opencl.nest.StridedAccess;
import io.lossmith.opencl.schedule.Placement.Slot;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.objectweb.asm.Opcodes;

/**
 * Writes straight-line code as statements: what is used once stands within the expression that uses
 * it, what is used more often gets a variable until its last use.
 */
final class Statements {
  /** Deeper expressions are too much for some compilers of OpenCL. */
  private static final int DEEPEST = 24;

  private final MethodCode code;
  private final IndexVariables indexes;
  private final Function<MemoryRegion, Slot> slots;
  private final Map<Code, Integer> uses = new IdentityHashMap<>();
  private final Map<Code, Variable> variables = new IdentityHashMap<>();
  private final List<Variable> finished = new ArrayList<>();

  /**
   * A value to be stored.
   *
   * @param offset of the access at an index along the unrolled axes
   * @param isPartial whether the place is the item's own
   */
  record Store(StridedAccess to, int offset, int tile, boolean isPartial, Code value) {}

  Statements(MethodCode code, IndexVariables indexes, Function<MemoryRegion, Slot> slots) {
    this.code = code;
    this.indexes = indexes;
    this.slots = slots;
  }

  /** Writes these statements. */
  void write(List<Store> stores) {
    writeAll(stores, List.of());
  }

  /** Writes these statements, and declares a variable for each of these values. */
  void writeAll(List<Store> stores, List<Code> values) {
    stores.forEach(store -> count(store.value()));
    for (Code value : values) {
      count(value);
      uses.merge(value, 1, Integer::sum); // so that it stays
    }
    stores.forEach(this::write);
    for (Code value : values) {
      if (prepare(value) > 0 && !variables.containsKey(value)) {
        declare(value);
      }
      releaseFinished();
    }
  }

  /** Returns the variable that holds a value. */
  Variable variable(Code value) {
    Variable variable = variables.get(value);
    if (variable == null) {
      throw new IllegalStateException("opencl: a value has no variable");
    }
    return variable;
  }

  private void count(Code value) {
    if (uses.merge(value, 1, Integer::sum) == 1) {
      value.operands().forEach(this::count);
    }
  }

  private void write(Store store) {
    prepare(store.value());
    indexes.prepare(store.to(), store.tile());
    Slot slot = slots.apply(store.to().region());
    code.array(slot.field());
    indexes.push(store.to(), store.offset(), slot.offset(), store.tile());
    if (store.isPartial()) {
      indexes.addOwn();
    }
    push(store.value());
    code.instruction(Opcodes.FASTORE);
    releaseFinished();
  }

  /** Declares what needs a variable below a value; returns how deep the expression is then. */
  private int prepare(Code value) {
    if (variables.containsKey(value)) {
      return 1;
    }
    if (value instanceof Code.Load load) {
      indexes.prepare(load.access(), load.tile());
    }
    int depth = 0;
    for (Code operand : value.operands()) {
      depth = Math.max(depth, prepare(operand));
    }
    boolean isNumber = value instanceof Code.Number;
    if (!isNumber && (uses.get(value) > 1 || depth >= DEEPEST)) {
      declare(value);
      return 1;
    }
    return depth + 1;
  }

  private void declare(Code value) {
    compute(value);
    variables.put(value, code.declareFloat());
    releaseFinished();
  }

  private void push(Code value) {
    Variable variable = variables.get(value);
    if (variable == null) {
      compute(value);
      return;
    }
    code.load(variable);
    if (uses.merge(value, -1, Integer::sum) == 0) {
      finished.add(variable);
    }
  }

  private void releaseFinished() {
    finished.forEach(code::release);
    finished.clear();
  }

  private void compute(Code value) {
    if (value instanceof Code.Number number) {
      code.push(number.value());
    } else if (value instanceof Code.Load load) {
      Slot slot = slots.apply(load.access().region());
      code.array(slot.field());
      indexes.push(load.access(), load.offset(), slot.offset(), load.tile());
      code.instruction(Opcodes.FALOAD);
    } else if (value instanceof Code.Within within) {
      code.self();
      indexes.pushLimit(within.tile());
      push(within.operands().get(0));
      code.push((float) within.fold().start());
      code.call(KernelMethod.WITHIN);
    } else if (value instanceof Code.Join join) {
      operation(KernelOperations.of(join.fold()), join.operands());
    } else {
      Code.Operation operation = (Code.Operation) value;
      operation(KernelOperations.of(operation.op(), value.operands()), value.operands());
    }
  }

  private void operation(Emission emission, List<Code> operands) {
    emission.begin(code);
    operands.forEach(this::push);
    emission.end(code);
  }
}
