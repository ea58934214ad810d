package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.Value;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A logarithm that is at least some number: max(ln x, low) or max(ln(1 + x), low).
 *
 * @param inner the logarithm, which nobody else reads
 */
record Logarithm(Value inner, float low) {
  /**
   * Returns the parts, or null.
   *
   * @param once tells whether a value is read by one other only
   */
  static @Nullable Logarithm of(Value value, Predicate<Value> once) {
    Value inner = value.op() == Binary.MAXIMUM ? Clamp.limited(value) : null;
    boolean found =
        inner != null && (inner.op() == Unary.LOG || inner.op() == Unary.LOG1P) && once.test(inner);
    return found ? new Logarithm(inner, Clamp.number(value)) : null;
  }

  /** Returns {@link Unary#LOG} or {@link Unary#LOG1P}. */
  Unary op() {
    return (Unary) inner.op();
  }
}
