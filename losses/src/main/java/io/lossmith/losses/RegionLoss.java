package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.List;

/**
 * A loss over regions: ratios of sums over many pixels, then a mean over samples and classes.
 *
 * <p>In all of them: activation over all channels, then the mask, then the background is dropped.
 * The sums run over the pixels of a sample and class, or over more: see {@link Aggregate}.
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
  static final List<Option<?>> OPTIONS =
      List.of(
          ACTIVATION,
          AGGREGATE,
          SMOOTH_BOTH,
          SMOOTH_NUMERATOR,
          SMOOTH_DENOMINATOR,
          INCLUDE_BACKGROUND,
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

  @Override
  final SegmentationShapes.Demand demand() {
    return new SegmentationShapes.Demand(1, get(ACTIVATION) == Activation.SIGMOID);
  }

  @Override
  final Tensor value(Segmentation s) {
    return value(s, new Overlap(s, get(ACTIVATION).of(s), get(AGGREGATE), get(INCLUDE_BACKGROUND)));
  }

  /** Returns the loss made of the sums. */
  abstract Tensor value(Segmentation s, Overlap o);

  /** Returns (numerator + a)/(denominator + b), where 0/0 is 1, and 1 too where no pixel counts. */
  final Tensor ratio(Overlap o, Tensor numerator, Tensor denominator) {
    Tensor score = ratio(numerator, denominator);
    boolean even = get(SMOOTH_NUMERATOR).equals(get(SMOOTH_DENOMINATOR));
    Tensor weights = even ? null : o.weights();
    return weights == null ? score : Tensor.where(weights.equalTo(0), 1, score);
  }

  /** Returns (numerator + a)/(denominator + b), where 0/0 is 1. */
  final Tensor ratio(Tensor numerator, Tensor denominator) {
    return Score.of(numerator, denominator, get(SMOOTH_NUMERATOR), get(SMOOTH_DENOMINATOR));
  }
}
