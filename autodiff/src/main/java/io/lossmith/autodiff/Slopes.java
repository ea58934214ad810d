package io.lossmith.autodiff;

/**
 * Multiplies gradients by slopes, with care where both may be 0 · ∞ and nowhere else, for care
 * costs two more operations.
 *
 * <p>A slope may be infinite itself: then a gradient of 0 stops there ({@link Stopping}). Or a
 * gradient may be infinite though the output is not, behind a root at 0: then a slope of 0 makes it
 * 0 again, which gives a norm at 0 the gradient 0.
 */
final class Slopes {
  private final Flow flow;
  private final Bounds bounds;
  private boolean steep;

  Slopes(Flow flow, Bounds bounds) {
    this.flow = flow;
    this.bounds = bounds;
    this.steep = flow.steep();
  }

  /**
   * Returns what flows on.
   *
   * @param keepsZeros whether a gradient of 0 is still 0, whatever the slope
   */
  Flow flow(Tensor gradient, boolean keepsZeros) {
    Flow on = keepsZeros ? flow.with(gradient) : flow.scaled(gradient);
    return on.withSteep(steep);
  }

  /** Multiplies by a slope that is finite wherever the value is. */
  Tensor times(Tensor g, Tensor slope) {
    return flow.steep() ? Stopping.timesEither(g, slope) : FoldingArithmetic.times(g, slope);
  }

  /** Multiplies a quotient of g, which is 0 where g is, by what may be infinite or NaN there. */
  Tensor times(Tensor g, Tensor quotient, Tensor slope) {
    return FoldingArithmetic.number(g) == null
        ? steepTimes(quotient, slope)
        : times(quotient, slope);
  }

  /** Multiplies by a slope that may be infinite. */
  Tensor steepTimes(Tensor g, Tensor slope) {
    return flow.steep() ? Stopping.timesEither(g, slope) : Stopping.times(g, slope);
  }

  /** Multiplies half the gradient by 1/√x. */
  Tensor ofRoot(Tensor half, Tensor x, Tensor root) {
    if (!mayBeZero(x)) {
      return FoldingArithmetic.div(half, root);
    }
    steep = true;
    return Stopping.div(half, root);
  }

  /** Multiplies by the slope of a power in its base. */
  Tensor inBase(Tensor g, Tensor x, Tensor exponent) {
    Double number = FoldingArithmetic.number(exponent);
    if (number == null) {
      steep |= mayBeZero(x);
      return steepTimes(g, Stopping.times(exponent, x.pow(exponent.minus(1))));
    }
    if (number == 0) {
      return Creation.scalar(0);
    }
    Tensor scaled = FoldingArithmetic.times(g, number);
    if (number >= 1 || !mayBeZero(x)) {
      return times(scaled, x.pow(number - 1));
    }
    steep |= number > 0;
    return steepTimes(scaled, x.pow(number - 1));
  }

  boolean mayBeZero(Tensor x) {
    return bounds.mayBeZero(x);
  }

  boolean mayBeMinusOne(Tensor x) {
    return bounds.mayBeMinusOne(x);
  }

  boolean mayOverflow(Tensor exponent) {
    return bounds.mayOverflow(exponent);
  }
}
