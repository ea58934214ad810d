package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;

/**
 * A pixel loss that looks at the difference of prediction and target alone.
 *
 * @param <L> the loss itself
 */
public abstract class RegressionLoss<L extends RegressionLoss<L>> extends PixelLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  RegressionLoss(Settings settings) {
    super(settings);
  }

  @Override
  final SegmentationShapes.Demand demand() {
    return new SegmentationShapes.Demand(0, true);
  }

  @Override
  final Segmentation.Target targetKind() {
    return Segmentation.Target.NUMBERS;
  }

  @Override
  final Tensor value(Segmentation s) {
    return reduceElements(s, of(s.prediction().minus(s.target())));
  }

  /** Returns what a difference costs. */
  abstract Tensor of(Tensor difference);
}
