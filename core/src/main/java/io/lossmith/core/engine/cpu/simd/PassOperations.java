package io.lossmith.core.engine.cpu.simd;

import static org.objectweb.asm.Opcodes.ALOAD;

import io.lossmith.core.engine.cpu.kernel.PassCode;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.op.Where;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the operations of a pass: each calls what the instruction for it calls. */
final class PassOperations {
  private static final String MATH = PassMethod.name(SimdMath.class);
  private static final String LOG = PassMethod.name(SimdLog.class);
  private static final String RANGES = PassMethod.name(PassRanges.class);

  private static final ValueRange PROBABILITIES = ValueRange.of(0, 1);

  private final PassCode pass;
  private final PassMethod method;
  private final Map<Integer, Integer> places = new HashMap<>();
  private final Map<Integer, Integer> powers = new HashMap<>();

  PassOperations(PassCode pass, PassMethod method) {
    this.pass = pass;
    this.method = method;
  }

  /** Says in which variable a value lies. */
  void lies(int value, int variable) {
    places.put(value, variable);
  }

  /** Loads a value; what lies of a comparison is a mask. */
  void load(int value) {
    boolean isMask = comparison(value) != null;
    if (isMask) {
      method.constant(0f);
      method.constant(1f);
    }
    method.code().visitVarInsn(ALOAD, places.get(value));
    if (isMask) {
      method.blend();
    }
  }

  /** Loads the mask of where a value is not 0. */
  private void loadMask(int value) {
    if (comparison(value) != null) {
      method.code().visitVarInsn(ALOAD, places.get(value));
    } else {
      load(value);
      method.constant(0f);
      method.compare("NE");
    }
  }

  /** Returns the operator of a comparison, or null for other values. */
  private @Nullable String comparison(int value) {
    return pass.values().get(value) instanceof PassCode.Operation operation
            && operation.op() instanceof Binary op
        ? comparison(op)
        : null;
  }

  private static @Nullable String comparison(Binary op) {
    return switch (op) {
      case EQUAL -> "EQ";
      case NOT_EQUAL -> "NE";
      case LESS -> "LT";
      case LESS_EQUAL -> "LE";
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, POWER -> null;
    };
  }

  /** Leaves an operation's result on top, that of a comparison as a mask. */
  void write(PassCode.Operation operation) {
    List<Integer> operands = operation.operands();
    if (operation.op() instanceof Unary op) {
      unary(op, operands.get(0));
    } else if (operation.op() instanceof Binary op) {
      binary(op, operands.get(0), operands.get(1));
    } else if (operation.op() instanceof Where) {
      load(operands.get(2));
      load(operands.get(1));
      loadMask(operands.get(0));
      method.blend();
    } else if (operation.op() instanceof OutOfRange out) {
      outside(out.range(), operands.get(0));
    }
  }

  private void unary(Unary op, int x) {
    switch (op) {
      case NEGATE -> of("neg", x);
      case ABS -> of("abs", x);
      case SQRT -> of("sqrt", x);
      case SQUARE -> of("mul", x, x);
      case RECIPROCAL -> {
        method.constant(1f);
        load(x);
        method.ofVectors("div", 1);
      }
      case RELU, SIGN, EXP, TANH, ATAN, FLOOR, RINT ->
          function(MATH, op.name().toLowerCase(Locale.ROOT), x);
      case LOG -> function(LOG, "log", x);
      case LOG1P -> function(LOG, "log1p", x);
      case SIGMOID -> ofPower("sigmoid", x);
      case SOFTPLUS -> softplus(x);
    }
  }

  /** Of −|x| it is the logarithm alone. */
  private void softplus(int x) {
    if (is(Unary.NEGATE, x) && is(Unary.ABS, operand(x))) {
      method.code().visitVarInsn(ALOAD, power(x));
      call(MATH, "logOfOnePlus", 1);
    } else {
      ofPower("softplus", x);
    }
  }

  private void ofPower(String name, int x) {
    int e = power(x);
    load(x);
    method.code().visitVarInsn(ALOAD, e);
    call(MATH, name, 2);
  }

  /** Returns where e to the power −|x| lies, which several share. */
  private int power(int x) {
    int of = x;
    while (is(Unary.NEGATE, of) || is(Unary.ABS, of)) {
      of = operand(of);
    }
    Integer known = powers.get(of);
    if (known != null) {
      return known;
    }
    function(MATH, "expOfMinusSize", of);
    int made = method.store();
    powers.put(of, made);
    return made;
  }

  private boolean is(Unary op, int x) {
    return pass.values().get(x) instanceof PassCode.Operation operation && operation.op() == op;
  }

  private int operand(int x) {
    return ((PassCode.Operation) pass.values().get(x)).operands().get(0);
  }

  private void binary(Binary op, int a, int b) {
    switch (op) {
      case ADD -> of("add", a, b);
      case SUBTRACT -> of("sub", a, b);
      case MULTIPLY -> of("mul", a, b);
      case DIVIDE -> of("div", a, b);
      case MAXIMUM -> of("max", a, b);
      case MINIMUM -> of("min", a, b);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> {
        load(a);
        load(b);
        method.compare(Objects.requireNonNull(comparison(op)));
      }
      case POWER -> throw new IllegalArgumentException("pass: " + op + " has no way here");
    }
  }

  private void outside(ValueRange range, int x) {
    load(x);
    if (range.equals(PROBABILITIES)) {
      call(RANGES, "notProbability", 1);
      return;
    }
    Float except = range.except();
    method.constant(range.low());
    method.constant(range.high());
    if (range.allowsNaN()) {
      call(RANGES, "beyond", 3);
    } else if (except != null) {
      method.constant(except);
      call(RANGES, "notWholeNor", 4);
    } else {
      call(RANGES, range.whole() ? "notWhole" : "not", 3);
    }
  }

  private void of(String name, int... operands) {
    for (int operand : operands) {
      load(operand);
    }
    method.ofVectors(name, operands.length - 1);
  }

  private void function(String owner, String name, int x) {
    load(x);
    call(owner, name, 1);
  }

  private void call(String owner, String name, int operands) {
    String of = PassMethod.OF_VECTOR;
    method.call(owner, name, "(" + of.repeat(operands) + ")" + of);
  }
}
