package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.plan.Value;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A value that is another one within two numbers.
 *
 * @param x what is clamped
 * @param inner the first step, which nobody else reads
 */
record Clamp(Value x, Value inner, float low, float high) {
  /**
   * Returns the parts of min(max(x, low), high) and max(min(x, high), low), or null.
   *
   * @param once tells whether a value is read by one other only
   */
  static @Nullable Clamp of(Value value, Predicate<Value> once) {
    Value inner = limited(value);
    Value x = inner == null || !once.test(inner) ? null : limited(inner);
    if (x == null || inner.op() == value.op()) {
      return null;
    }
    boolean upperLast = value.op() == Binary.MINIMUM;
    float low = number(upperLast ? inner : value);
    float high = number(upperLast ? value : inner);
    return Float.compare(low, high) <= 0 ? new Clamp(x, inner, low, high) : null;
  }

  /** Returns what a minimum or maximum with a number is of, or null if the value is none. */
  static @Nullable Value limited(Value value) {
    if (value.op() != Binary.MINIMUM && value.op() != Binary.MAXIMUM) {
      return null;
    }
    int side = value.operands().get(0).op() instanceof Leaf.Scalar ? 0 : 1;
    return value.operands().get(side).op() instanceof Leaf.Scalar
        ? value.operands().get(1 - side)
        : null;
  }

  /** Returns the number of such a minimum or maximum. */
  static float number(Value limited) {
    int side = limited.operands().get(0).op() instanceof Leaf.Scalar ? 0 : 1;
    return (float) ((Leaf.Scalar) limited.operands().get(side).op()).value();
  }
}
