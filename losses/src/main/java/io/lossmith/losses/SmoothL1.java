package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Settings;
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
public final class SmoothL1 extends SegmentationLoss<SmoothL1> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> BETA =
      Option.number(
          "beta", 1.0, NumberRange.AT_LEAST_0, "β: where it turns from squared to linear");
  static final Entry<SmoothL1> ENTRY =
      Entry.of(
              "smooth-l1",
              SmoothL1.class,
              SmoothL1::new,
              "the distance, rounded off near the target",
              "d²/(2β) where |d| < β, else |d| − β/2")
          .perPixel()
          .taking(Options.OF_PIXELS)
          .taking(BETA);

  private SmoothL1(Settings settings) {
    super(settings);
  }

  @Override
  Entry<SmoothL1> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.VALUES;
  }

  /** Returns it with every option left out. */
  public static SmoothL1 create() {
    return ENTRY.make();
  }

  /** Returns this loss turning linear at another distance ≥ 0. */
  public SmoothL1 withBeta(double beta) {
    return with(BETA, beta);
  }

  @Override
  Demand demand() {
    return Demand.NUMBERS;
  }

  @Override
  Tensor value(LossInputs s) {
    Tensor d = s.prediction().minus(s.target());
    double beta = get(BETA);
    return reduceElements(s, beta == 0 ? d.abs() : Huber.of(d, beta).div(beta));
  }
}
