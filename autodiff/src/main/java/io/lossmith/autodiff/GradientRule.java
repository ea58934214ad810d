package io.lossmith.autodiff;

import java.util.List;

/**
 * What an {@code Alias} node passes back where {@link CustomGradient} gave it a gradient of the
 * user's own: nothing to its first operand, the value, and what the rule says to the others, the
 * inputs.
 */
@FunctionalInterface
interface GradientRule {
  /** Returns one gradient for each input. */
  List<Tensor> apply(Tensor gradient, Tensor result);
}
