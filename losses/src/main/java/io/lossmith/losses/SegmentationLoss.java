package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.ValidMask;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A loss over prediction and target as they are: a value for each pixel, as its entry then says, or
 * whatever it makes of them.
 *
 * @param <L> the loss itself
 */
abstract class SegmentationLoss<L extends CatalogueLoss<L>> extends CatalogueLoss<L>
    implements Withers.OfPixels<L> {
  @Serial private static final long serialVersionUID = 1L;

  SegmentationLoss(Settings settings) {
    super(settings);
  }

  @Override
  final Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    return value(inputs(prediction, target, mask, demand()));
  }

  /** Says what this loss asks of prediction and target; a sigmoid refuses class indices besides. */
  abstract Demand demand();

  abstract Tensor value(LossInputs s);

  /** Reduces values that all count alike. */
  final Tensor reduce(Tensor values) {
    return get(Options.REDUCTION).of(values);
  }

  /** Reduces one value for each element, {@code [N, C, spatial...]}. */
  final Tensor reduceElements(LossInputs s, Tensor values) {
    return get(Options.REDUCTION).of(values, s.valid());
  }

  /** Reduces one value for each pixel, {@code [N, 1, spatial...]}. */
  final Tensor reducePixels(LossInputs s, Tensor values) {
    Tensor reduced = reduceElements(s, values);
    return get(Options.REDUCTION) == Reduction.NONE ? reduced.squeeze(1) : reduced;
  }

  /**
   * Reduces one value for each pixel.
   *
   * @param shares the mean divides by the sum of these; null for the number of pixels
   */
  final Tensor reducePixels(LossInputs s, Tensor values, @Nullable Tensor shares) {
    return shares != null && get(Options.REDUCTION) == Reduction.MEAN
        ? ValidMask.ratio(s.valid().weigh(values).sum(), s.valid().weigh(shares).sum())
        : reducePixels(s, values);
  }
}
