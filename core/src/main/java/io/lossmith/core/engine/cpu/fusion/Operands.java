package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.plan.LoopValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several patterns ask of a value. */
final class Operands {
  private Operands() {}

  static boolean isNumber(LoopValue value) {
    return value.op() instanceof Leaf.Scalar;
  }

  static boolean isNumber(LoopValue value, double number) {
    return value.op() instanceof Leaf.Scalar scalar && scalar.value() == number;
  }

  /** Returns which number a value is. */
  static double number(LoopValue value) {
    return ((Leaf.Scalar) value.op()).value();
  }

  /** Returns the operand that is a number, the first of two, or null. */
  static @Nullable LoopValue numberOf(LoopValue value) {
    for (LoopValue operand : value.operands()) {
      if (isNumber(operand)) {
        return operand;
      }
    }
    return null;
  }

  /** Returns the operand beside one of two. */
  static LoopValue beside(LoopValue operand, LoopValue value) {
    List<LoopValue> operands = value.operands();
    return operands.get(operands.get(0) == operand ? 1 : 0);
  }

  /** Returns what a value sums over rows, or null if it is no such sum. */
  static @Nullable LoopValue summedRows(LoopValue value) {
    return value.op() instanceof AxisFold reduction && reduction.fold() == Fold.SUM
        ? value.operands().get(0)
        : null;
  }

  /** Returns the number that a minimum or maximum keeps another value within, or null. */
  static @Nullable LoopValue limit(LoopValue value) {
    return value.op() == Binary.MINIMUM || value.op() == Binary.MAXIMUM ? numberOf(value) : null;
  }
}
