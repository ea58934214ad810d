package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;

/**
 * Mean absolute error (L1): the distance of prediction and target.
 *
 * <pre>mean of  |p − t|</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes, target of the same shape; both
 * any numbers, a target that is NaN is an error.
 *
 * <p>Use it for maps of numbers, such as depth; it does not mind outliers, and its gradient does
 * not fade near the target. At p = t the gradient is 0.
 *
 * <p>Tested against PyTorch's {@code L1Loss}.
 */
public final class MeanAbsoluteError extends SegmentationLoss<MeanAbsoluteError> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry<MeanAbsoluteError> ENTRY =
      Entry.of(
              "mae",
              MeanAbsoluteError.class,
              MeanAbsoluteError::new,
              "mean absolute error",
              "|p − t|")
          .perPixel()
          .taking(Options.OF_PIXELS);

  private MeanAbsoluteError(Settings settings) {
    super(settings);
  }

  @Override
  Entry<MeanAbsoluteError> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.VALUES;
  }

  /** Returns it with every option left out. */
  public static MeanAbsoluteError create() {
    return ENTRY.make();
  }

  @Override
  Demand demand() {
    return Demand.NUMBERS;
  }

  @Override
  Tensor value(LossInputs s) {
    Tensor d = s.prediction().minus(s.target());
    return reduceElements(s, d.abs());
  }
}
