package io.lossmith.opencl.kernel;

import io.lossmith.opencl.nest.Code;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** Says how a kernel computes each operation. */
final class Operations {
  private Operations() {}

  /**
   * An instruction of the JVM, or a method of {@link FusedKernel}.
   *
   * @param opcode the instruction, or 0
   * @param method the method, or nothing
   */
  record Way(int opcode, String method) {
    boolean isMethod() {
      return opcode == 0;
    }
  }

  private static Way call(String method) {
    return new Way(0, method);
  }

  private static Way instruction(int opcode) {
    return new Way(opcode, "");
  }

  /** Larger exponents are left to OpenCL. */
  private static final float GREATEST_EXPONENT = 16;

  static Way of(Op op, List<Code> operands) {
    if (op == Binary.POWER
        && operands.get(1) instanceof Code.Number exponent
        && Math.abs(exponent.value()) <= GREATEST_EXPONENT) {
      return call("smallPower");
    }
    return of(op);
  }

  static Way of(Op op) {
    if (op instanceof Unary unary) {
      return of(unary);
    }
    if (op instanceof Binary binary) {
      return of(binary);
    }
    if (op instanceof Where where) {
      return of(where);
    }
    throw new IllegalStateException("opencl: " + op.label() + " is not elementwise");
  }

  static Way of(Unary op) {
    return switch (op) {
      case NEGATE -> call("negate");
      case ABS -> call("absolute");
      case SIGN -> call("signum");
      case RELU -> call("relu");
      case SQUARE -> call("square");
      case SQRT -> call("root");
      case RECIPROCAL -> call("reciprocal");
      case EXP -> call("exponential");
      case LOG -> call("logarithm");
      case LOG1P -> call("logarithm1p");
      case SIGMOID -> call("sigmoid");
      case SOFTPLUS -> call("softplus");
      case TANH -> call("hyperbolicTangent");
      case ATAN -> call("arcTangent");
      case FLOOR -> call("roundDown");
      case RINT -> call("roundEven");
    };
  }

  static Way of(Binary op) {
    return switch (op) {
      case ADD -> instruction(Opcodes.FADD);
      case SUBTRACT -> instruction(Opcodes.FSUB);
      case MULTIPLY -> instruction(Opcodes.FMUL);
      case DIVIDE -> instruction(Opcodes.FDIV);
      case MAXIMUM -> call("maximum");
      case MINIMUM -> call("minimum");
      case POWER -> call("power");
      case EQUAL -> call("equal");
      case NOT_EQUAL -> call("notEqual");
      case LESS -> call("less");
      case LESS_EQUAL -> call("lessEqual");
    };
  }

  static Way of(Where op) {
    return switch (op) {
      case WHERE -> call("where");
    };
  }

  /** Returns what joins two partial folds. */
  static Way of(Fold fold) {
    return switch (fold) {
      case SUM -> instruction(Opcodes.FADD);
      case MAX -> call("maximum");
      case MIN -> call("minimum");
    };
  }
}
