package io.lossmith.core.op;

/**
 * 1 where an element is not in a range, else 0: an elementwise operation on one operand. Plans sum
 * it for each {@link Check} of a graph.
 *
 * @param range what is allowed
 */
public record OutOfRange(ValueRange range) implements Op {
  /** Returns the result for one element. */
  public double apply(double x) {
    return range.holds(x) ? 0 : 1;
  }

  @Override
  public String label() {
    return "out of " + range;
  }
}
