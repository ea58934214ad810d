package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;

/** Scores that are a smoothed quotient of two sums. */
final class Ratio {
  private Ratio() {}

  /** Returns (numerator + a)/(denominator + b); without b, 0/0 is 1: nothing was to be found. */
  static Tensor smoothed(Tensor numerator, double a, Tensor denominator, double b) {
    Tensor dividend = numerator.plus(a);
    if (b > 0) {
      return dividend.div(denominator.plus(b));
    }
    Tensor nothing = denominator.equalTo(0);
    return Tensor.where(nothing, 1, dividend.div(Tensor.where(nothing, 1, denominator)));
  }
}
