package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;

/**
 * x^γ for x ≥ 0, with a finite slope at 0: where γ &lt; 1 the curve's own slope is infinite, so
 * below 1e-6 it continues as the chord x·1e-6^(γ − 1), which meets it at both ends.
 */
public final class SafePower {
  private static final double EDGE = 1e-6;

  private SafePower() {}

  public static Tensor of(Tensor x, double gamma) {
    if (gamma == 0) {
      return Tensor.ones(x.shape().toArray());
    }
    if (gamma == 1) {
      return x;
    }
    if (gamma == 2) {
      return x.square();
    }
    if (gamma > 1) {
      return x.relu().pow(gamma); // rounding may leave 1 - score a little below 0
    }
    Tensor small = x.lessThan(EDGE);
    Tensor large = Tensor.where(small, EDGE, x);
    return Tensor.where(
        small,
        x.times(Math.pow(EDGE, gamma - 1)),
        gamma == 0.5 ? large.sqrt() : large.pow(gamma)); // a root is a fraction of a power's work
  }
}
