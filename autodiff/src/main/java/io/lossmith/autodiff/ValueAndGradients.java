package io.lossmith.autodiff;

import io.lossmith.core.Elements;
import java.util.List;
import java.util.Objects;

/**
 * What a function gives, and how it changes with each of its arguments.
 *
 * @param value the function's result
 * @param gradients the gradient of its sum with respect to each argument, in the argument's shape
 */
public record ValueAndGradients(Tensor value, List<Tensor> gradients) {
  /** Keeps a copy of the list. */
  public ValueAndGradients {
    Objects.requireNonNull(value, "value");
    gradients = Elements.copyOf(gradients, "gradients");
  }

  /** Returns the gradient with respect to the first argument. */
  public Tensor gradient() {
    return gradients.get(0);
  }

  /** Returns the value: Kotlin's {@code val (value, gradients) = ...} asks for it by this name. */
  public Tensor component1() {
    return value;
  }

  /** Returns the gradients, for Kotlin. */
  public List<Tensor> component2() {
    return gradients;
  }

  static ValueAndGradients of(List<Tensor> valueFirst) {
    return new ValueAndGradients(valueFirst.get(0), valueFirst.subList(1, valueFirst.size()));
  }
}
