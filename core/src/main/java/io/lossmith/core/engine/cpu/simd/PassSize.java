package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.PassCode;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;

/** Whether a pass fits into one loop: roughly how many vector operations it is. */
final class PassSize {
  /** On a loop that is much longer the compiler works for many seconds. */
  private static final int MOST = 450;

  /** A sum adds a load and a store to a step; memory for so many comes with a program. */
  static final int MOST_FOLDS = 6;

  private static final int NO_WAY = MOST + 1;

  private PassSize() {}

  static boolean fits(PassCode pass) {
    int size = 0;
    for (PassCode.Value value : pass.values()) {
      size += value instanceof PassCode.Operation operation ? of(operation.op()) : 0;
    }
    return size <= MOST && folds(pass) <= MOST_FOLDS;
  }

  private static long folds(PassCode pass) {
    return pass.outputs().stream().filter(o -> !(o instanceof PassCode.Stored)).count();
  }

  private static int of(ElementwiseOp op) {
    if (op instanceof Unary unary) {
      return of(unary);
    }
    if (op instanceof Binary binary) {
      return binary == Binary.POWER ? NO_WAY : 2;
    }
    if (op instanceof OutOfRange out) {
      return SimdRanges.hasLoop(out.range()) ? 6 : NO_WAY;
    }
    return op instanceof Where ? 2 : NO_WAY;
  }

  private static int of(Unary op) {
    return switch (op) {
      case NEGATE, ABS, RELU, SQUARE, SQRT, RECIPROCAL -> 1;
      case SIGN -> 4;
      case RINT -> 8;
      case FLOOR -> 10;
      case EXP -> 20;
      case SIGMOID, TANH -> 25;
      case ATAN, SOFTPLUS -> 30;
      case LOG, LOG1P -> 50;
    };
  }
}
