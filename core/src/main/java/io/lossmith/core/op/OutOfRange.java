package io.lossmith.core.op;

import java.util.Objects;

/**
 * 1 where an element is not in a range, else 0: an elementwise operation on one operand. Plans sum
 * it for each {@link Check} of a graph.
 *
 * @param range what is allowed
 */
public record OutOfRange(ValueRange range) implements ElementwiseOp {
  /** Refuses null. */
  public OutOfRange {
    Objects.requireNonNull(range, "range");
  }

  /** Returns the result for one element. */
  public double apply(double x) {
    return range.holds(x) ? 0 : 1;
  }

  @Override
  public double element(double[] operands) {
    return apply(operands[0]);
  }

  @Override
  public Rounding rounding() {
    return Rounding.EXACT;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.outOfRange(this);
  }

  @Override
  public String label() {
    return "out of " + range;
  }
}
