package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
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
public final class MeanSquaredError extends RegressionLoss<MeanSquaredError> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry ENTRY =
      Entry.of(
              "mse",
              MeanSquaredError.class,
              MeanSquaredError::new,
              "mean squared error",
              "(p − t)²")
          .taking(OPTIONS);

  private MeanSquaredError(Settings settings) {
    super(settings);
  }

  /** Returns it with every option left out. */
  public static MeanSquaredError create() {
    return new MeanSquaredError(Settings.of(ENTRY.id));
  }

  @Override
  Tensor of(Tensor difference) {
    return difference.square();
  }
}
