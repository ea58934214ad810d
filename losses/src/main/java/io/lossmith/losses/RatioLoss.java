package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A region loss with one value for each sample and class, each a ratio of sums, which may be
 * weighed by class and may know what to do with classes that the target does not hold.
 *
 * <p>{@code classWeights} has one number for each class, the background included, and multiplies
 * each value before the plain mean; {@code normalizeWeights} divides by the sum of the weights
 * instead.
 *
 * @param <L> the loss itself
 */
public abstract class RatioLoss<L extends RatioLoss<L>> extends RegionLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<ClassWeights> CLASS_WEIGHTS =
      Option.perClass("classWeights", "a factor for each class, the background included");
  static final Option<Boolean> NORMALIZE_WEIGHTS =
      Option.flag(
          "normalizeWeights", false, "divides the mean by the weights instead of by their number");
  static final Option<EmptyTarget> EMPTY_TARGET =
      Option.choice(
          "emptyTarget",
          EmptyTarget.SMOOTH,
          List.of(EmptyTarget.values()),
          "what a class costs that the target does not hold");
  static final List<Option<?>> RATIO_OPTIONS =
      List.of(CLASS_WEIGHTS, NORMALIZE_WEIGHTS, EMPTY_TARGET);

  RatioLoss(Settings settings) {
    super(settings);
  }

  /** Returns this loss with a factor ≥ 0 for each class, the background included. */
  public final L withClassWeights(double... weights) {
    return with(CLASS_WEIGHTS, weights);
  }

  /** Returns this loss with the mean divided by the weights of the values, or by their number. */
  public final L withNormalizeWeights(boolean normalize) {
    return with(NORMALIZE_WEIGHTS, normalize);
  }

  @Override
  final Tensor value(Segmentation s, Overlap o) {
    requireOptionsGoTogether();
    return reduced(weighed(s, o, cost(o)));
  }

  /** Returns what each sample and class costs. */
  abstract Tensor cost(Overlap o);

  /** What is done to the reduced value. */
  Tensor reduced(Tensor value) {
    return value;
  }

  private void requireOptionsGoTogether() {
    if (find(CLASS_WEIGHTS) != null && get(AGGREGATE) == Aggregate.ALL) {
      throw new IllegalArgumentException(
          id()
              + ": classWeights is "
              + find(CLASS_WEIGHTS)
              + " with aggregate all, which has one ratio for all classes; must be unset, or"
              + " aggregate sample or batch");
    }
    if (get(NORMALIZE_WEIGHTS) && reduction() != Reduction.MEAN) {
      throw new IllegalArgumentException(
          id()
              + ": normalizeWeights is true with reduction "
              + Option.word(reduction())
              + ", must be false there: it says what the mean divides by");
    }
  }

  private Tensor weighed(Segmentation s, Overlap o, Tensor cost) {
    EmptyTarget rule = takes(EMPTY_TARGET) ? get(EMPTY_TARGET) : EmptyTarget.SMOOTH;
    Tensor present = rule == EmptyTarget.SMOOTH ? null : o.actual().notEqualTo(0);
    Tensor values = present == null ? cost : Tensor.where(present, cost, absent(o, rule));
    ClassWeights given = find(CLASS_WEIGHTS);
    Tensor weights =
        given == null ? null : given.perClass(id() + ": classWeights", s, get(INCLUDE_BACKGROUND));
    Tensor all = weights == null ? values : values.times(weights);
    return switch (reduction()) {
      case NONE -> all;
      case SUM -> all.sum();
      case MEAN -> {
        Tensor counted = rule == EmptyTarget.SKIP ? present : null;
        Tensor shares = get(NORMALIZE_WEIGHTS) ? times(counted, weights, all) : counted;
        yield shares == null ? all.mean() : ValidMask.ratio(all.sum(), shares.sum());
      }
    };
  }

  /** Returns what a class costs that the target does not hold. */
  private static Tensor absent(Overlap o, EmptyTarget rule) {
    if (rule != EmptyTarget.PENALIZE) {
      return Tensor.scalar(0);
    }
    Tensor weights = o.weights();
    return weights == null
        ? o.predicted().div(o.elements())
        : ValidMask.ratio(o.predicted(), weights);
  }

  /** Returns the weight of each value taken, or null if all are 1. */
  private static @Nullable Tensor times(
      @Nullable Tensor counted, @Nullable Tensor weights, Tensor values) {
    if (weights == null) {
      return counted;
    }
    return counted == null ? weights.broadcastTo(values.shape().toArray()) : counted.times(weights);
  }
}
