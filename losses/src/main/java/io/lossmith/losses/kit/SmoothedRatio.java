package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;

/**
 * (numerator + a)/(denominator + b), where 0/0 is 1: nothing to find and nothing found is right.
 */
public final class SmoothedRatio {
  private static final double LEAST_SCORE = 1e-7;

  private SmoothedRatio() {}

  /** Returns 1 − score, or with {@code log} −ln max(score, 1e-7). */
  public static Tensor cost(Tensor score, boolean log) {
    return log ? score.maximum(LEAST_SCORE).log().unaryMinus() : score.unaryMinus().plus(1);
  }

  /** Returns the ratio. */
  public static Tensor of(Tensor numerator, Tensor denominator, double a, double b) {
    Tensor dividend = numerator.plus(a);
    if (b > 0) {
      return dividend.div(denominator.plus(b));
    }
    Tensor nothing = denominator.equalTo(0);
    return Tensor.where(nothing, 1, dividend.div(Tensor.where(nothing, 1, denominator)));
  }
}
