package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A loss over pixels that has a reduction and knows pixels to ignore, and goes its own way beside.
 *
 * @param <L> the loss itself
 */
abstract class SegmentationLoss<L extends CatalogueLoss<L>> extends CatalogueLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  SegmentationLoss(Settings settings) {
    super(settings);
  }

  /** Returns this loss with another reduction. */
  public L withReduction(Reduction reduction) {
    return with(Options.REDUCTION, reduction);
  }

  /**
   * Returns this loss with pixels left out whose target holds this value; in a target with several
   * channels, whose target holds it in any channel.
   */
  public L withIgnoreIndex(int ignoreIndex) {
    return with(Options.IGNORE_INDEX, ignoreIndex);
  }

  @Override
  final Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    return value(inputs(prediction, target, mask, demand()));
  }

  /** Says what this loss asks of prediction and target. */
  abstract Demand demand();

  abstract Tensor value(LossInputs s);

  /** Reduces values that all count alike. */
  final Tensor reduce(Tensor values) {
    return get(Options.REDUCTION).of(values);
  }
}
