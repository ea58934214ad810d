package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss over pixels that has a reduction and knows pixels to ignore.
 *
 * @param <L> the loss itself
 */
public abstract class SegmentationLoss<L extends SegmentationLoss<L>> extends CatalogueLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Reduction> REDUCTION =
      Option.choice(
          "reduction",
          Reduction.MEAN,
          List.of(Reduction.values()),
          "what is made of the single values");
  static final Option<@Nullable Integer> IGNORE_INDEX =
      Option.integer(
          "ignoreIndex",
          null,
          Integer.MIN_VALUE,
          "a target value whose pixels do not count, for example 255");

  SegmentationLoss(Settings settings) {
    super(settings);
  }

  /** Returns this loss with another reduction. */
  public final L withReduction(Reduction reduction) {
    return with(REDUCTION, reduction);
  }

  /**
   * Returns this loss with pixels left out whose target holds this value; in a target with several
   * channels, whose target holds it in any channel.
   */
  public final L withIgnoreIndex(int ignoreIndex) {
    return with(IGNORE_INDEX, ignoreIndex);
  }

  @Override
  final Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    Segmentation s =
        Segmentation.of(id(), prediction, target, mask, find(IGNORE_INDEX), demand(), targetKind());
    return value(s);
  }

  /** Says what a dense target may hold. */
  Segmentation.Target targetKind() {
    return Segmentation.Target.PROBABILITIES;
  }

  /** Says what shapes this loss takes. */
  abstract SegmentationShapes.Demand demand();

  abstract Tensor value(Segmentation s);

  /** Reduces values that all count alike. */
  final Tensor reduce(Tensor values) {
    return switch (reduction()) {
      case NONE -> values;
      case SUM -> values.sum();
      case MEAN -> values.mean();
    };
  }

  final Reduction reduction() {
    return get(REDUCTION);
  }
}
