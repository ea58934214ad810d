package io.lossmith.losses;

import io.lossmith.losses.kit.ClassWeights;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options that several losses share, each with its default. */
final class Options {
  private static final double SMOOTH = 1e-5;

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
  static final Option<Activation> ACTIVATION =
      Option.choice(
          "activation",
          Activation.NONE,
          List.of(Activation.values()),
          "how predictions become probabilities");
  static final Option<Boolean> INCLUDE_BACKGROUND =
      Option.flag("includeBackground", true, "whether class 0 counts");
  static final Option<Aggregate> AGGREGATE =
      Option.choice(
          "aggregate",
          Aggregate.SAMPLE,
          List.of(Aggregate.values()),
          "which pixels share a ratio: those of a sample and class, of a class, or all");
  static final Option<Double> SMOOTH_NUMERATOR =
      Option.number("smoothNumerator", SMOOTH, NumberRange.AT_LEAST_0, "a, added to the numerator");
  static final Option<Double> SMOOTH_DENOMINATOR =
      Option.number(
          "smoothDenominator", SMOOTH, NumberRange.AT_LEAST_0, "b, added to the denominator");
  static final Option<Double> SMOOTH_BOTH =
      Option.both("smooth", "sets both a and b", SMOOTH_NUMERATOR, SMOOTH_DENOMINATOR);
  static final Option<ClassWeights> CLASS_WEIGHTS =
      Option.perClass("classWeights", "a factor for each class, the background included");
  static final Option<ClassWeights> LABEL_WEIGHTS =
      Option.perClass(
          "classWeights", "a weight for each class; the mean over labels divides by their sum");
  static final Option<Double> LABEL_SMOOTHING =
      Option.number("labelSmoothing", 0.0, NumberRange.UNIT, "ε: targets become t(1 − ε) + ε/C");
  static final Option<Boolean> NORMALIZE_WEIGHTS =
      Option.flag(
          "normalizeWeights", false, "divides the mean by the weights instead of by their number");
  static final Option<EmptyTarget> EMPTY_TARGET =
      Option.choice(
          "emptyTarget",
          EmptyTarget.SMOOTH,
          List.of(EmptyTarget.values()),
          "what a class costs that the target does not hold");
  static final Option<Boolean> LOG =
      Option.flag("log", false, "−ln max(score, 1e-7) instead of 1 − score");
  static final Option<Boolean> SOFT_LABELS =
      Option.flag(
          "softLabels", false, "I = (P + T − Σ|p − t|)/2, least at p = t for soft targets too");
  static final Option<Boolean> PER_IMAGE =
      Option.flag("perImage", false, "whether each sample is sorted for itself, or the batch");
  static final Option<@Nullable List<Double>> SPACING =
      Option.numbers(
          "spacing",
          NumberRange.POSITIVE,
          "distance of neighbours along each spatial axis (1 each)");

  /** What losses of pixels take. */
  static final List<Option<?>> OF_PIXELS = List.of(REDUCTION, IGNORE_INDEX);

  /** What losses made of sums over regions take. */
  static final List<Option<?>> OF_REGIONS =
      List.of(
          ACTIVATION,
          AGGREGATE,
          SMOOTH_BOTH,
          SMOOTH_NUMERATOR,
          SMOOTH_DENOMINATOR,
          INCLUDE_BACKGROUND,
          REDUCTION,
          IGNORE_INDEX);

  private Options() {}
}
