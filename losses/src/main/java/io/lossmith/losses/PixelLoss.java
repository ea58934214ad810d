package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.List;

/**
 * A loss that has a value for each pixel or each element.
 *
 * @param <L> the loss itself
 */
public abstract class PixelLoss<L extends PixelLoss<L>> extends SegmentationLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  static final List<Option<?>> OPTIONS = List.of(REDUCTION, IGNORE_INDEX);

  PixelLoss(Settings settings) {
    super(settings);
  }

  /** Reduces one value for each element, {@code [N, C, spatial...]}. */
  final Tensor reduceElements(Segmentation s, Tensor values) {
    return switch (reduction()) {
      case NONE -> s.valid().weigh(values);
      case SUM -> s.valid().weigh(values).sum();
      case MEAN -> s.valid().mean(values);
    };
  }

  /** Reduces one value for each pixel, {@code [N, 1, spatial...]}. */
  final Tensor reducePixels(Segmentation s, Tensor values) {
    Tensor reduced = reduceElements(s, values);
    return reduction() == Reduction.NONE ? reduced.squeeze(1) : reduced;
  }

  /** As {@link #reducePixels}, but the mean divides by the sum of these shares of the pixels. */
  final Tensor reducePixels(Segmentation s, Tensor values, Tensor shares) {
    return reduction() == Reduction.MEAN
        ? ValidMask.ratio(s.valid().weigh(values).sum(), s.valid().weigh(shares).sum())
        : reducePixels(s, values);
  }
}
