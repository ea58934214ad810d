package io.lossmith.core.op;

import org.jspecify.annotations.Nullable;

/**
 * The identity on its first operand, with a demand on every element of it. The second operand, a
 * scalar, is 0 where the demand holds everywhere and anything else (NaN too) where it does not; it
 * is computed within the fused passes, so a check costs next to nothing. After a run that set it
 * the engine searches the first operand with {@link #holds} and throws an {@link
 * IllegalArgumentException} naming the first bad element.
 *
 * @param who what begins the message, for example {@code "cross-entropy: target"}
 * @param whole whether elements must be whole numbers
 * @param low the least value allowed
 * @param high the greatest value allowed
 * @param except one value that is allowed besides (an ignore index), or null
 * @param must what the elements must be and what to do, in words; stands after "must be"
 */
public record Check(
    String who, boolean whole, double low, double high, @Nullable Double except, String must)
    implements Op {
  /** Tells whether one element is as demanded; NaN never is. */
  public boolean holds(double value) {
    return (except != null && value == except)
        || (value >= low && value <= high && (!whole || value == Math.rint(value)));
  }

  @Override
  public String label() {
    return "check";
  }
}
