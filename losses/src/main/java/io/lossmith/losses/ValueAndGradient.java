package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.util.Objects;

/**
 * A loss and how it changes with the prediction.
 *
 * @param value the loss: {@code []}, or what reduction {@code none} gives
 * @param gradient the gradient of its sum, in the prediction's shape
 */
public record ValueAndGradient(Tensor value, Tensor gradient) {
  /** Refuses null. */
  public ValueAndGradient {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(gradient, "gradient");
  }

  /** Returns the value: Kotlin's {@code val (value, gradient) = ...} asks for it by this name. */
  public Tensor component1() {
    return value;
  }

  /** Returns the gradient, for Kotlin. */
  public Tensor component2() {
    return gradient;
  }
}
