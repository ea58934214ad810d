package io.lossmith.opencl.kernel;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import io.lossmith.opencl.nest.Code;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** Says how a kernel computes each operation. */
final class Operations {
  private Operations() {}

  /** Larger exponents are left to OpenCL. */
  private static final float GREATEST_EXPONENT = 16;

  static Emission of(Op op, List<Code> operands) {
    if (op == Binary.POWER
        && operands.get(1) instanceof Code.Number exponent
        && Math.abs(exponent.value()) <= GREATEST_EXPONENT) {
      return KernelMethod.SMALL_POWER;
    }
    return of(op);
  }

  static Emission of(Op op) {
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

  static Emission of(Unary op) {
    return switch (op) {
      case NEGATE -> KernelMethod.NEGATE;
      case ABS -> KernelMethod.ABSOLUTE;
      case SIGN -> KernelMethod.SIGNUM;
      case RELU -> KernelMethod.RELU;
      case SQUARE -> KernelMethod.SQUARE;
      case SQRT -> KernelMethod.ROOT;
      case RECIPROCAL -> KernelMethod.RECIPROCAL;
      case EXP -> KernelMethod.EXPONENTIAL;
      case LOG -> KernelMethod.LOGARITHM;
      case LOG1P -> KernelMethod.LOGARITHM1P;
      case SIGMOID -> KernelMethod.SIGMOID;
      case SOFTPLUS -> KernelMethod.SOFTPLUS;
      case TANH -> KernelMethod.HYPERBOLIC_TANGENT;
      case ATAN -> KernelMethod.ARC_TANGENT;
      case FLOOR -> KernelMethod.ROUND_DOWN;
      case RINT -> KernelMethod.ROUND_EVEN;
    };
  }

  static Emission of(Binary op) {
    return switch (op) {
      case ADD -> new Instruction(Opcodes.FADD);
      case SUBTRACT -> new Instruction(Opcodes.FSUB);
      case MULTIPLY -> new Instruction(Opcodes.FMUL);
      case DIVIDE -> new Instruction(Opcodes.FDIV);
      case MAXIMUM -> KernelMethod.MAXIMUM;
      case MINIMUM -> KernelMethod.MINIMUM;
      case POWER -> KernelMethod.POWER;
      case EQUAL -> KernelMethod.EQUAL;
      case NOT_EQUAL -> KernelMethod.NOT_EQUAL;
      case LESS -> KernelMethod.LESS;
      case LESS_EQUAL -> KernelMethod.LESS_EQUAL;
    };
  }

  static Emission of(Where op) {
    return switch (op) {
      case WHERE -> KernelMethod.WHERE;
    };
  }

  /** Returns what joins two partial folds. */
  static Emission of(Fold fold) {
    return switch (fold) {
      case SUM -> new Instruction(Opcodes.FADD);
      case MAX -> KernelMethod.MAXIMUM;
      case MIN -> KernelMethod.MINIMUM;
    };
  }
}
