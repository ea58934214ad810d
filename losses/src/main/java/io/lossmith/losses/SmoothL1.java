package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;

/**
 * Smooth L1: the distance, rounded off near the target.
 *
 * <pre>mean of  d²/(2β) where |d| &lt; β, else |d| − β/2        d = p − t</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes, target of the same shape; both
 * any numbers, a target that is NaN is an error. Option: {@code beta} β ≥ 0; at 0 it is {@link
 * MeanAbsoluteError}.
 *
 * <p>Use it for coordinates and maps of numbers. {@link Huber} is this times its δ.
 *
 * <p>Source: Girshick 2015, Fast R-CNN, arXiv:1504.08083. Tested against PyTorch's {@code
 * SmoothL1Loss}.
 */
public final class SmoothL1 extends RegressionLoss<SmoothL1> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> BETA =
      Option.number("beta", 1.0, Range.AT_LEAST_0, "β: where it turns from squared to linear");
  static final Entry ENTRY =
      Entry.of(
              "smooth-l1",
              SmoothL1.class,
              SmoothL1::new,
              "the distance, rounded off near the target",
              "d²/(2β) where |d| < β, else |d| − β/2")
          .taking(OPTIONS)
          .taking(BETA);

  private SmoothL1(Settings settings) {
    super(settings);
  }

  /** Returns it with every option left out. */
  public static SmoothL1 create() {
    return new SmoothL1(Settings.of(ENTRY.id));
  }

  /** Returns this loss turning linear at another distance ≥ 0. */
  public SmoothL1 withBeta(double beta) {
    return with(BETA, beta);
  }

  @Override
  Tensor of(Tensor difference) {
    double beta = get(BETA);
    return beta == 0 ? difference.abs() : Huber.of(difference, beta).div(beta);
  }
}
