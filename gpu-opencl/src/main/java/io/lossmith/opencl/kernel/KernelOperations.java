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
final class KernelOperations {
  private KernelOperations() {}

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
    return KernelMethod.of(op);
  }

  static Emission of(Binary op) {
    return switch (op) {
      case ADD -> new JvmInstruction(Opcodes.FADD);
      case SUBTRACT -> new JvmInstruction(Opcodes.FSUB);
      case MULTIPLY -> new JvmInstruction(Opcodes.FMUL);
      case DIVIDE -> new JvmInstruction(Opcodes.FDIV);
      default -> KernelMethod.of(op);
    };
  }

  static Emission of(Where op) {
    return KernelMethod.of(op);
  }

  /** Returns what joins two partial folds. */
  static Emission of(Fold fold) {
    return switch (fold) {
      case SUM -> new JvmInstruction(Opcodes.FADD);
      case MAX -> of(Binary.MAXIMUM);
      case MIN -> of(Binary.MINIMUM);
    };
  }
}
