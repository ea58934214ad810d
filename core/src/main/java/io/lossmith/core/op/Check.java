package io.lossmith.core.op;

import java.util.Objects;

/**
 * The identity on its operand, with a demand on every element of it. Engines count the elements
 * that are not in the range while they go through them anyway, so a check costs next to nothing.
 * After a run that found some, they throw an {@link IllegalArgumentException} naming the first of
 * them.
 *
 * @param who what begins the message, for example {@code "cross-entropy: target"}
 * @param range what elements must be
 * @param must the same in words, and what to do; stands after "must be"
 */
public record Check(String who, ValueRange range, String must) implements Identity {
  /** Refuses null. */
  public Check {
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(must, "must");
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.check(this);
  }

  @Override
  public String label() {
    return "check";
  }
}
