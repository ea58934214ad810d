package io.lossmith.losses;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import java.util.List;

/**
 * {@link Tensor#where} among values whose slopes are finite, chosen or not: the gradient is chosen
 * once, where it enters. {@code where} itself chooses at every place that it leads to, because a
 * slope on the way may be infinite; where none is, that is work for nothing.
 *
 * <p>Values have the shape of the result.
 */
final class Choice {
  private Choice() {}

  static Tensor of(Tensor condition, Tensor a, Tensor b) {
    return CustomGradient.of(
        Tensor.where(condition, a, b),
        List.of(a, b),
        g -> List.of(Tensor.where(condition, g, 0), Tensor.where(condition, 0, g)));
  }

  /** Returns the values where the condition is not 0, else 0. */
  static Tensor orZero(Tensor condition, Tensor values) {
    return CustomGradient.of(
        Tensor.where(condition, values, 0),
        List.of(values),
        g -> List.of(Tensor.where(condition, g, 0)));
  }

  /** Returns 0 where the condition is not 0, else the values. */
  static Tensor zeroOr(Tensor condition, Tensor values) {
    return CustomGradient.of(
        Tensor.where(condition, 0, values),
        List.of(values),
        g -> List.of(Tensor.where(condition, 0, g)));
  }
}
