package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Which pixels count, and how much: (target ≠ ignore index) × mask. What does not count is selected
 * away first, so that nothing it holds (255, NaN) reaches a sum; then the weight enters each sum
 * once.
 *
 * @param weight {@code [N, 1, spatial...]}, 0 where a pixel does not count; null where all count 1
 */
public record ValidMask(@Nullable Tensor weight) {
  /** Returns the values of pixels that count, and 0 for the others. */
  public Tensor select(Tensor values) {
    return weight == null ? values : Tensor.where(weight, values, 0);
  }

  /** Multiplies by the weight; 0 for pixels that do not count. */
  public Tensor weigh(Tensor values) {
    return weight == null ? values : values.times(weight);
  }

  /** Returns the weighted mean over all axes; 0 where nothing counts. */
  public Tensor mean(Tensor values) {
    if (weight == null) {
      return values.mean();
    }
    int perPixel = values.shape().count() / weight.shape().count();
    return ratio(weigh(values).sum(), weight.sum().times(perPixel));
  }

  /** Returns the weighted mean over these axes, the spatial ones; 0 where nothing counts. */
  public Tensor mean(Tensor values, int[] spatialAxes) {
    return weight == null
        ? values.mean(spatialAxes)
        : ratio(weigh(values).sum(spatialAxes), weight.sum(spatialAxes));
  }

  /** Divides; 0 where the divisor, a sum of weights, is 0. */
  public static Tensor ratio(Tensor sum, Tensor weights) {
    return Tensor.where(weights, sum.div(Tensor.where(weights, weights, 1)), 0);
  }
}
