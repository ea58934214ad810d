package io.lossmith.autodiff;

import io.lossmith.core.op.Fold;

/**
 * What {@link Tensor} can fold over axes. No axes given means all; they are dropped, or kept at
 * size 1 where the name says so, and what is kept broadcasts with the tensor.
 */
abstract sealed class Foldable extends ElementwiseTensor permits Movable {
  /** Returns the sum over the axes, which are dropped; no axes means all. 0 of nothing. */
  public Tensor sum(int... axes) {
    return Folding.drop("sum", Fold.SUM, self(), axes);
  }

  /** Returns the mean over the axes, which are dropped; no axes means all. NaN of nothing. */
  public Tensor mean(int... axes) {
    return Folding.mean("mean", self(), axes);
  }

  /**
   * Returns the largest over the axes, which are dropped; no axes means all. −∞ of nothing, NaN if
   * any is NaN. Elements that tie share the gradient equally.
   */
  public Tensor max(int... axes) {
    return Folding.drop("max", Fold.MAX, self(), axes);
  }

  /**
   * Returns the smallest over the axes, which are dropped; no axes means all. ∞ of nothing, NaN if
   * any is NaN. Elements that tie share the gradient equally.
   */
  public Tensor min(int... axes) {
    return Folding.drop("min", Fold.MIN, self(), axes);
  }

  /** Returns {@link #sum} with the axes kept at size 1. */
  public Tensor sumKeep(int... axes) {
    return Folding.keep("sumKeep", Fold.SUM, self(), axes);
  }

  /** Returns {@link #mean} with the axes kept at size 1. */
  public Tensor meanKeep(int... axes) {
    return Folding.meanKeep("meanKeep", self(), axes);
  }

  /** Returns {@link #max} with the axes kept at size 1. */
  public Tensor maxKeep(int... axes) {
    return Folding.keep("maxKeep", Fold.MAX, self(), axes);
  }

  /** Returns {@link #min} with the axes kept at size 1. */
  public Tensor minKeep(int... axes) {
    return Folding.keep("minKeep", Fold.MIN, self(), axes);
  }

  /**
   * Returns the variance over the axes, which are dropped; no axes means all: the mean of (this −
   * mean)². It is that of what is there, the divisor is the number of elements; PyTorch's takes one
   * less by default. NaN of nothing.
   */
  public Tensor variance(int... axes) {
    return Folding.variance("variance", self(), axes);
  }

  /** Returns {@link #variance} with the axes kept at size 1. */
  public Tensor varianceKeep(int... axes) {
    return Folding.varianceKeep("varianceKeep", self(), axes);
  }

  /** Returns the root of {@link #variance}; where that is 0 the gradient is 0. */
  public Tensor standardDeviation(int... axes) {
    return Folding.variance("standardDeviation", self(), axes).sqrt();
  }

  /** Returns {@link #standardDeviation} with the axes kept at size 1. */
  public Tensor standardDeviationKeep(int... axes) {
    return Folding.varianceKeep("standardDeviationKeep", self(), axes).sqrt();
  }

  /**
   * Returns the Euclidean length √Σ this² over the axes, which are dropped; no axes means all.
   * Where it is 0 the gradient is 0.
   */
  public Tensor norm(int... axes) {
    return Folding.drop("norm", Fold.SUM, square(), axes).sqrt();
  }

  /** Returns {@link #norm} with the axes kept at size 1: {@code x.div(x.normKeep(1))}. */
  public Tensor normKeep(int... axes) {
    return Folding.keep("normKeep", Fold.SUM, square(), axes).sqrt();
  }
}
