package io.lossmith.core.op;

import java.util.Objects;

/**
 * The identity, with a meaning for those who build graphs and none for those who run them: a stop
 * for gradients or a gradient of the user's own. Simplifying removes it.
 *
 * @param meaning distinguished by {@code equals}
 */
public record Alias(Object meaning) implements Identity {
  /** Refuses null. */
  public Alias {
    Objects.requireNonNull(meaning, "meaning");
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.alias(this);
  }

  @Override
  public String label() {
    return "alias";
  }
}
