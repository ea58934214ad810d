package io.lossmith.core.engine.cpu;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which elements are as a check demands: within {@code low..high}, and whole numbers if so asked.
 *
 * @param whole never with numbers below 0 in the range
 * @param allowsNaN whether NaN is in the range, too
 */
public record Range(float low, float high, boolean whole, boolean allowsNaN) {
  /** Tells whether a number is in the range. */
  public boolean holds(float x) {
    return Float.isNaN(x) ? allowsNaN : x >= low && x <= high && (!whole || x == Math.rint(x));
  }

  /**
   * A value that is 1 where an element of another is out of a range, else 0.
   *
   * @param steps the values between that nobody else reads, and the value itself
   */
  record Outside(Value x, Range range, List<Value> steps) {}

  /**
   * Returns what a value finds out of a range: {@code x ≠ x}, {@code x ≠ clamp(x)}, {@code x ≠
   * clamp(rint(x))} or {@code 0 < |x − clamp(x)|}; null if it is none of them.
   *
   * @param once tells whether a value is read by one other only
   */
  static @Nullable Outside outside(Value value, Predicate<Value> once) {
    if (value.op() == Binary.NOT_EQUAL) {
      Value x = value.operands().get(0);
      Value y = value.operands().get(1);
      if (x == y) {
        Range all = new Range(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, false, false);
        return new Outside(x, all, List.of(value));
      }
      Outside found = clamped(value, x, y, false, once);
      return found != null ? found : clamped(value, y, x, false, once);
    }
    if (value.op() != Binary.LESS || !isNumber(value.operands().get(0), 0)) {
      return null;
    }
    Value size = value.operands().get(1);
    if (size.op() != Unary.ABS || !once.test(size)) {
      return null;
    }
    Value beyond = size.operands().get(0);
    if (beyond.op() != Binary.SUBTRACT || !once.test(beyond)) {
      return null;
    }
    Outside found = clamped(value, beyond.operands().get(0), beyond.operands().get(1), true, once);
    if (found == null) {
      return null;
    }
    List<Value> steps = new ArrayList<>(found.steps());
    steps.add(size);
    steps.add(beyond);
    return new Outside(found.x(), found.range(), steps);
  }

  private static @Nullable Outside clamped(
      Value value, Value x, Value y, boolean allowsNaN, Predicate<Value> once) {
    Clamp clamp = Clamp.of(y, once);
    if (clamp == null || !once.test(y)) {
      return null;
    }
    boolean whole = clamp.x().op() == Unary.RINT && once.test(clamp.x());
    Value source = whole ? clamp.x().operands().get(0) : clamp.x();
    if (source != x || whole && (allowsNaN || clamp.low() < 0)) {
      return null;
    }
    List<Value> steps = new ArrayList<>(List.of(value, y, clamp.inner()));
    if (whole) {
      steps.add(clamp.x());
    }
    return new Outside(x, new Range(clamp.low(), clamp.high(), whole, allowsNaN), steps);
  }

  private static boolean isNumber(Value value, double number) {
    return value.op() instanceof Leaf.Scalar scalar && scalar.value() == number;
  }
}
