package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss over regions: ratios of sums over many pixels, then a mean over samples and classes.
 *
 * <p>In all of them: activation over all channels, then the mask, then the background is dropped;
 * {@code classWeights} has one number for each class, the background included, and multiplies each
 * value before the plain mean.
 *
 * @param <L> the loss itself
 */
public abstract class RegionLoss<L extends RegionLoss<L>> extends SegmentationLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  static final double SMOOTH = 1e-5;
  static final Option<Activation> ACTIVATION =
      Option.choice(
          "activation",
          Activation.NONE,
          List.of(Activation.values()),
          "how predictions become probabilities");
  static final Option<Aggregate> AGGREGATE =
      Option.choice(
          "aggregate",
          Aggregate.SAMPLE,
          List.of(Aggregate.values()),
          "which pixels share a ratio: those of a sample and class, of a class, or all");
  static final Option<Double> SMOOTH_NUMERATOR =
      Option.number("smoothNumerator", SMOOTH, Range.AT_LEAST_0, "a, added to the numerator");
  static final Option<Double> SMOOTH_DENOMINATOR =
      Option.number("smoothDenominator", SMOOTH, Range.AT_LEAST_0, "b, added to the denominator");
  static final Option<Double> SMOOTH_BOTH =
      Option.all("smooth", "sets both a and b", SMOOTH_NUMERATOR, SMOOTH_DENOMINATOR);
  static final Option<Boolean> INCLUDE_BACKGROUND =
      Option.flag("includeBackground", true, "whether class 0 counts");
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
  static final List<Option<?>> OPTIONS =
      List.of(
          ACTIVATION,
          AGGREGATE,
          SMOOTH_BOTH,
          SMOOTH_NUMERATOR,
          SMOOTH_DENOMINATOR,
          INCLUDE_BACKGROUND,
          CLASS_WEIGHTS,
          NORMALIZE_WEIGHTS,
          EMPTY_TARGET,
          REDUCTION,
          IGNORE_INDEX);

  RegionLoss(Settings settings) {
    super(settings);
  }

  /** Returns this loss with another way to make probabilities. */
  public final L withActivation(Activation activation) {
    return with(ACTIVATION, activation);
  }

  /** Returns this loss with other pixels sharing a ratio. */
  public final L withAggregate(Aggregate aggregate) {
    return with(AGGREGATE, aggregate);
  }

  /** Returns this loss with the same number ≥ 0 added to numerator and denominator. */
  public final L withSmooth(double smooth) {
    return with(SMOOTH_BOTH, smooth);
  }

  /** Returns this loss with a number ≥ 0 added to the numerator. */
  public final L withSmoothNumerator(double smooth) {
    return with(SMOOTH_NUMERATOR, smooth);
  }

  /** Returns this loss with a number ≥ 0 added to the denominator. */
  public final L withSmoothDenominator(double smooth) {
    return with(SMOOTH_DENOMINATOR, smooth);
  }

  /** Returns this loss with class 0 counted or not. */
  public final L withIncludeBackground(boolean include) {
    return with(INCLUDE_BACKGROUND, include);
  }

  /** Returns this loss with a factor ≥ 0 for each class, the background included. */
  public final L withClassWeights(double... weights) {
    return with(CLASS_WEIGHTS, weights);
  }

  /** Returns this loss with the mean divided by the weights of the values, or by their number. */
  public final L withNormalizeWeights(boolean normalize) {
    return with(NORMALIZE_WEIGHTS, normalize);
  }

  /** Returns this loss with another rule for classes that the target does not hold. */
  public final L withEmptyTarget(EmptyTarget rule) {
    return with(EMPTY_TARGET, rule);
  }

  @Override
  final SegmentationShapes.Demand demand() {
    return new SegmentationShapes.Demand(1, get(ACTIVATION) == Activation.SIGMOID);
  }

  @Override
  final Tensor value(Segmentation s) {
    requireOptionsGoTogether();
    Overlap o =
        new Overlap(s, get(ACTIVATION).of(s), get(AGGREGATE), get(INCLUDE_BACKGROUND));
    return reduced(reduce(s, o, cost(o)));
  }

  /** Returns what each sample and class costs. */
  abstract Tensor cost(Overlap o);

  /** What is done to the reduced value. */
  Tensor reduced(Tensor value) {
    return value;
  }

  /**
   * Returns (numerator + a) / (denominator + b), where 0/0 is 1, and 1 too where no pixel counts.
   */
  final Tensor ratio(Overlap o, Tensor numerator, Tensor denominator) {
    double a = get(SMOOTH_NUMERATOR);
    double b = get(SMOOTH_DENOMINATOR);
    Tensor divisor = denominator.plus(b);
    Tensor weights = a == b ? null : o.weights();
    Tensor score;
    if (b == 0) {
      Tensor nothing = divisor.equalTo(0);
      score =
          Tensor.where(nothing, 1, numerator.plus(a).div(Tensor.where(nothing, 1, divisor)));
    } else {
      score = numerator.plus(a).div(divisor);
    }
    return weights == null ? score : Tensor.where(weights.equalTo(0), 1, score);
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

  private Tensor reduce(Segmentation s, Overlap o, Tensor cost) {
    EmptyTarget rule = get(EMPTY_TARGET);
    Tensor present = rule == EmptyTarget.SMOOTH ? null : o.actual().notEqualTo(0);
    Tensor values = present == null ? cost : Tensor.where(present, cost, absent(o, rule));
    ClassWeights given = find(CLASS_WEIGHTS);
    Tensor weights =
        given == null
            ? null
            : given.perClass(id() + ": classWeights", s, get(INCLUDE_BACKGROUND));
    Tensor weighed = weights == null ? values : values.times(weights);
    return switch (reduction()) {
      case NONE -> weighed;
      case SUM -> weighed.sum();
      case MEAN -> {
        Tensor counted = rule == EmptyTarget.SKIP ? present : null;
        Tensor shares = get(NORMALIZE_WEIGHTS) ? times(counted, weights, weighed) : counted;
        yield shares == null ? weighed.mean() : ValidMask.ratio(weighed.sum(), shares.sum());
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
    return counted == null
        ? weights.broadcastTo(values.shape().toArray())
        : counted.times(weights);
  }
}
