package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.List;

/**
 * A loss over what pixels form together with others: their neighbours, or an outline.
 *
 * <p>Activation over all channels, then the mask, then the background is dropped: where a pixel
 * does not count, prediction and target are both 0 before any neighbour is looked at, and the mask
 * weighs the sums at the end.
 *
 * @param <L> the loss itself
 */
public abstract class StructureLoss<L extends StructureLoss<L>> extends SegmentationLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  static final List<Option<?>> OPTIONS =
      List.of(RegionLoss.ACTIVATION, RegionLoss.INCLUDE_BACKGROUND, REDUCTION, IGNORE_INDEX);

  StructureLoss(Settings settings) {
    super(settings);
  }

  /** Returns this loss with another way to make probabilities. */
  public final L withActivation(Activation activation) {
    return with(RegionLoss.ACTIVATION, activation);
  }

  /** Returns this loss with class 0 counted or not. */
  public final L withIncludeBackground(boolean include) {
    return with(RegionLoss.INCLUDE_BACKGROUND, include);
  }

  @Override
  final SegmentationShapes.Demand demand() {
    return new SegmentationShapes.Demand(
        fewestAxes(), get(RegionLoss.ACTIVATION) == Activation.SIGMOID);
  }

  /** Returns the least number of spatial axes. */
  abstract int fewestAxes();

  @Override
  final Tensor value(Segmentation s) {
    s.requireForeground(get(RegionLoss.INCLUDE_BACKGROUND));
    Tensor p = counted(s, get(RegionLoss.ACTIVATION).of(s));
    return reduced(reduce(value(s, p, counted(s, s.target()))));
  }

  /**
   * Returns the values that are reduced, one for each sample at least.
   *
   * @param s says which pixels count
   * @param p the prediction, activated, without what does not count
   * @param t the target, likewise
   */
  abstract Tensor value(Segmentation s, Tensor p, Tensor t);

  /** Returns the loss made of what the reduction gave. */
  Tensor reduced(Tensor value) {
    return value;
  }

  private Tensor counted(Segmentation s, Tensor values) {
    Tensor valid = s.valid().select(values);
    return get(RegionLoss.INCLUDE_BACKGROUND) ? valid : valid.slice(1, 1, s.classes());
  }
}
