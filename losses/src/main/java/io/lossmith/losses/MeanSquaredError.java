package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;

/**
 * Mean squared error (L2).
 *
 * <pre>mean of  (p − t)²</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes, target of the same shape; both
 * any numbers, a target that is NaN is an error.
 *
 * <p>Use it for maps of numbers, or soft targets of probabilities (the Brier score); outliers weigh
 * heavily.
 *
 * <p>Tested against PyTorch's {@code MSELoss}.
 */
public final class MeanSquaredError extends SegmentationLoss<MeanSquaredError> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry<MeanSquaredError> ENTRY =
      Entry.of(
              "mse",
              MeanSquaredError.class,
              MeanSquaredError::new,
              "mean squared error",
              "(p − t)²")
          .perPixel()
          .taking(Options.OF_PIXELS);

  private MeanSquaredError(Settings settings) {
    super(settings);
  }

  @Override
  Entry<MeanSquaredError> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.VALUES;
  }

  /** Returns it with every option left out. */
  public static MeanSquaredError create() {
    return ENTRY.make();
  }

  @Override
  Demand demand() {
    return Demand.NUMBERS;
  }

  @Override
  Tensor value(LossInputs s) {
    Tensor d = s.prediction().minus(s.target());
    return reduceElements(s, d.square());
  }
}
