package io.lossmith.core.engine.cpu.plain;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.FADD;
import static org.objectweb.asm.Opcodes.FALOAD;
import static org.objectweb.asm.Opcodes.FDIV;
import static org.objectweb.asm.Opcodes.FLOAD;
import static org.objectweb.asm.Opcodes.FMUL;
import static org.objectweb.asm.Opcodes.FNEG;
import static org.objectweb.asm.Opcodes.FSTORE;
import static org.objectweb.asm.Opcodes.FSUB;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.ISTORE;

import io.lossmith.core.engine.cpu.kernel.PassClass;
import io.lossmith.core.engine.cpu.kernel.PassCode;
import io.lossmith.core.engine.cpu.kernel.PassLoop;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Unary;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes the loop of a pass as the loop that one would write by hand: a place a step, the same
 * index in all arrays, so that the compiler makes vectors of it. So it is arithmetic alone: sums
 * would be added up one place after another, and functions are many steps.
 */
final class PlainPassWriter {
  /** The compiler unrolls a loop the less the longer it is, and a vector takes many steps. */
  private static final int MOST_OPERATIONS = 40;

  private static final String MATH = "java/lang/Math";

  private final PassCode pass;
  private final MethodVisitor code;
  private final List<Object> kept = new ArrayList<>();
  private final int[] arrays;
  private final int[] places;
  private int next;

  private PlainPassWriter(PassCode pass, MethodVisitor code) {
    this.pass = pass;
    this.code = code;
    kept.addAll(PassClass.variables(PlainPassWriter.class));
    next = kept.size();
    arrays = new int[pass.isSegment().size()];
    places = new int[pass.values().size()];
  }

  /** Returns the loop, or null where instructions are as good or classes cannot be defined. */
  static @Nullable PassLoop write(PassCode pass) {
    return fits(pass)
        ? PassClass.define(MethodHandles.lookup(), run -> new PlainPassWriter(pass, run).write())
        : null;
  }

  private static boolean fits(PassCode pass) {
    long operations = pass.values().stream().filter(PassCode.Operation.class::isInstance).count();
    return operations <= MOST_OPERATIONS
        && pass.values().stream()
            .allMatch(v -> !(v instanceof PassCode.Operation o) || isArithmetic(o.op()))
        && pass.outputs().stream().allMatch(PassCode.Stored.class::isInstance)
        && !pass.isSegment().contains(true);
  }

  private static boolean isArithmetic(ElementwiseOp op) {
    if (op instanceof Unary unary) {
      return switch (unary) {
        case NEGATE, ABS, RELU, SQUARE, SQRT, RECIPROCAL -> true;
        case SIGN, EXP, LOG, LOG1P, SIGMOID, SOFTPLUS, TANH, ATAN, FLOOR, RINT -> false;
      };
    }
    return op instanceof Binary binary && !binary.isComparison() && binary != Binary.POWER;
  }

  private void write() {
    lay();
    numbers();
    int i = begin();
    int end = next - 1;
    Label again = new Label();
    Label over = new Label();
    code.visitLabel(again);
    code.visitFrame(Opcodes.F_FULL, kept.size(), kept.toArray(), 0, null);
    code.visitVarInsn(ILOAD, i);
    code.visitVarInsn(ILOAD, end);
    code.visitJumpInsn(Opcodes.IF_ICMPGE, over);
    step(i);
    code.visitIincInsn(i, 1);
    code.visitJumpInsn(Opcodes.GOTO, again);
    code.visitLabel(over);
    code.visitFrame(Opcodes.F_FULL, kept.size(), kept.toArray(), 0, null);
  }

  /** Stores what lies on top in a variable from before the loop. */
  private int keep(int opcode, Object type) {
    code.visitVarInsn(opcode, next);
    kept.add(type);
    return next++;
  }

  private void lay() {
    for (int i = 0; i < arrays.length; i++) {
      code.visitVarInsn(ALOAD, PassClass.ARRAYS);
      code.visitLdcInsn(PassLoop.FIRST + i);
      code.visitInsn(Opcodes.AALOAD);
      code.visitTypeInsn(Opcodes.CHECKCAST, "[F");
      arrays[i] = keep(ASTORE, "[F");
    }
  }

  private void numbers() {
    for (int i = 0; i < places.length; i++) {
      PassCode.Value value = pass.values().get(i);
      if (value instanceof PassCode.Given given) {
        code.visitVarInsn(ALOAD, PassClass.NUMBERS);
        code.visitLdcInsn(PassLoop.FIRST + given.number());
        code.visitInsn(FALOAD);
        places[i] = keep(FSTORE, Opcodes.FLOAT);
      } else if (value instanceof PassCode.Constant constant) {
        code.visitLdcInsn(constant.number());
        places[i] = keep(FSTORE, Opcodes.FLOAT);
      }
    }
  }

  /** Returns the variable of the index; that of its end follows. */
  private int begin() {
    code.visitVarInsn(ALOAD, PassClass.OFFSETS);
    code.visitLdcInsn(PassLoop.FIRST);
    code.visitInsn(Opcodes.IALOAD);
    int i = keep(ISTORE, Opcodes.INTEGER);
    code.visitVarInsn(ILOAD, i);
    code.visitVarInsn(ILOAD, PassClass.N);
    code.visitInsn(Opcodes.IADD);
    keep(ISTORE, Opcodes.INTEGER);
    return i;
  }

  /** All that is loaded stands before what is stored: results may lie where operands lie. */
  private void step(int i) {
    for (int at = 0; at < places.length; at++) {
      PassCode.Value value = pass.values().get(at);
      if (value instanceof PassCode.Element element) {
        code.visitVarInsn(ALOAD, arrays[element.array()]);
        code.visitVarInsn(ILOAD, i);
        code.visitInsn(FALOAD);
      } else if (value instanceof PassCode.Operation operation) {
        write(operation);
      } else {
        continue; // it lies where it lay before the loop
      }
      places[at] = next++;
      code.visitVarInsn(FSTORE, places[at]);
    }
    for (PassCode.Output output : pass.outputs()) {
      PassCode.Stored stored = (PassCode.Stored) output;
      code.visitVarInsn(ALOAD, arrays[stored.array()]);
      code.visitVarInsn(ILOAD, i);
      load(stored.value());
      code.visitInsn(Opcodes.FASTORE);
    }
  }

  private void load(int value) {
    code.visitVarInsn(FLOAD, places[value]);
  }

  private void write(PassCode.Operation operation) {
    int a = operation.operands().get(0);
    if (operation.op() instanceof Binary op) {
      load(a);
      load(operation.operands().get(1));
      binary(op);
    } else if (operation.op() instanceof Unary op) {
      unary(op, a);
    }
  }

  private void binary(Binary op) {
    switch (op) {
      case ADD -> code.visitInsn(FADD);
      case SUBTRACT -> code.visitInsn(FSUB);
      case MULTIPLY -> code.visitInsn(FMUL);
      case DIVIDE -> code.visitInsn(FDIV);
      case MAXIMUM -> math("max", "(FF)F");
      case MINIMUM -> math("min", "(FF)F");
      case POWER, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalArgumentException("pass: " + op + " has no way here");
    }
  }

  private void unary(Unary op, int x) {
    if (op == Unary.RECIPROCAL) {
      code.visitInsn(Opcodes.FCONST_1);
    }
    load(x);
    switch (op) {
      case NEGATE -> code.visitInsn(FNEG);
      case ABS -> math("abs", "(F)F");
      case RELU -> {
        code.visitInsn(Opcodes.FCONST_0);
        math("max", "(FF)F");
      }
      case SQUARE -> {
        load(x);
        code.visitInsn(FMUL);
      }
      case SQRT -> {
        code.visitInsn(Opcodes.F2D);
        math("sqrt", "(D)D");
        code.visitInsn(Opcodes.D2F);
      }
      case RECIPROCAL -> code.visitInsn(FDIV);
      case SIGN, EXP, LOG, LOG1P, SIGMOID, SOFTPLUS, TANH, ATAN, FLOOR, RINT ->
          throw new IllegalArgumentException("pass: " + op + " has no way here");
    }
  }

  private void math(String name, String way) {
    code.visitMethodInsn(Opcodes.INVOKESTATIC, MATH, name, way, false);
  }
}
