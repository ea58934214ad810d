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
      return KernelFunction.SMALL_POWER;
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
      case NEGATE -> KernelFunction.NEGATE;
      case ABS -> KernelFunction.ABSOLUTE;
      case SIGN -> KernelFunction.SIGNUM;
      case RELU -> KernelFunction.RELU;
      case SQUARE -> KernelFunction.SQUARE;
      case SQRT -> KernelFunction.ROOT;
      case RECIPROCAL -> KernelFunction.RECIPROCAL;
      case EXP -> KernelFunction.EXPONENTIAL;
      case LOG -> KernelFunction.LOGARITHM;
      case LOG1P -> KernelFunction.LOGARITHM1P;
      case SIGMOID -> KernelFunction.SIGMOID;
      case SOFTPLUS -> KernelFunction.SOFTPLUS;
      case TANH -> KernelFunction.HYPERBOLIC_TANGENT;
      case ATAN -> KernelFunction.ARC_TANGENT;
      case FLOOR -> KernelFunction.ROUND_DOWN;
      case RINT -> KernelFunction.ROUND_EVEN;
    };
  }

  static Emission of(Binary op) {
    return switch (op) {
      case ADD -> new Instruction(Opcodes.FADD);
      case SUBTRACT -> new Instruction(Opcodes.FSUB);
      case MULTIPLY -> new Instruction(Opcodes.FMUL);
      case DIVIDE -> new Instruction(Opcodes.FDIV);
      case MAXIMUM -> KernelFunction.MAXIMUM;
      case MINIMUM -> KernelFunction.MINIMUM;
      case POWER -> KernelFunction.POWER;
      case EQUAL -> KernelFunction.EQUAL;
      case NOT_EQUAL -> KernelFunction.NOT_EQUAL;
      case LESS -> KernelFunction.LESS;
      case LESS_EQUAL -> KernelFunction.LESS_EQUAL;
    };
  }

  static Emission of(Where op) {
    return switch (op) {
      case WHERE -> KernelFunction.WHERE;
    };
  }

  /** Returns what joins two partial folds. */
  static Emission of(Fold fold) {
    return switch (fold) {
      case SUM -> new Instruction(Opcodes.FADD);
      case MAX -> KernelFunction.MAXIMUM;
      case MIN -> KernelFunction.MINIMUM;
    };
  }
}
