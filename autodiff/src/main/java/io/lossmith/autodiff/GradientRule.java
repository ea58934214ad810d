package io.lossmith.autodiff;

import java.util.List;

/**
 * A gradient of its own, the meaning of an alias. The alias's operands are the value, which passes
 * nothing back, and then the inputs, to which the rule passes something back.
 */
@FunctionalInterface
interface GradientRule {
  /** Returns one gradient for each input. */
  List<Tensor> apply(Tensor gradient, Tensor result);
}
