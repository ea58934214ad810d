package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;

/**
 * (numerator + a)/(denominator + b), where 0/0 is 1: nothing to find and nothing found is right.
 */
final class Score {
  private Score() {}

  static Tensor of(Tensor numerator, Tensor denominator, double a, double b) {
    Tensor dividend = numerator.plus(a);
    if (b > 0) {
      return dividend.div(denominator.plus(b));
    }
    Tensor nothing = denominator.equalTo(0);
    return Tensor.where(nothing, 1, dividend.div(Tensor.where(nothing, 1, denominator)));
  }
}
