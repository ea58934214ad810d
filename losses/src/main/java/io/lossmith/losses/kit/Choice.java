package io.lossmith.losses.kit;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import java.util.List;

/**
 * {@link Tensor#where} among values whose slopes are finite, chosen or not: the gradient is chosen
 * once, where it enters. {@code where} itself chooses at every place that it leads to, because a
 * slope on the way may be infinite; where none is, that is work for nothing.
 */
public final class Choice {
  private Choice() {}

  public static Tensor of(Tensor condition, Tensor a, Tensor b) {
    return CustomGradient.of(
        Tensor.where(condition, a, b),
        List.of(a, b),
        g -> List.of(Tensor.where(condition, g, 0), Tensor.where(condition, 0, g)));
  }

  /** Returns the values where the condition is not 0, else 0. */
  public static Tensor orZero(Tensor condition, Tensor values) {
    Tensor chosen = Tensor.where(condition, values, 0);
    return CustomGradient.of(
        chosen, List.of(as(chosen, values)), g -> List.of(Tensor.where(condition, g, 0)));
  }

  /** Returns 0 where the condition is not 0, else the values. */
  public static Tensor zeroOr(Tensor condition, Tensor values) {
    Tensor chosen = Tensor.where(condition, 0, values);
    return CustomGradient.of(
        chosen, List.of(as(chosen, values)), g -> List.of(Tensor.where(condition, 0, g)));
  }

  private static Tensor as(Tensor like, Tensor values) {
    return values.shape().equals(like.shape())
        ? values
        : values.broadcastTo(like.shape().toArray());
  }
}
