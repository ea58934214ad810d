package io.lossmith.losses.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A score made of how often classes were right and wrong, with what it is averaged over. Immutable;
 * withers return a changed copy.
 *
 * <p>By default the images are one heap of pixels: counts are added up over them, each class gets a
 * score, and the mean of these is taken ({@link Average#MACRO}). {@code perImage} scores each image
 * first and takes the mean of that. {@code zeroDivision} (1) is what 0/0 gives; NaN leaves the
 * class out. {@code skipEmptyTarget} leaves out classes that the target does not hold: by default
 * so for Dice and intersection over union, as MONAI does, and not for the others. What is left out
 * is not in any mean; where nothing is left, the score is NaN.
 *
 * <p>Tested against segmentation_models.pytorch (reductions {@code micro}, {@code macro}, {@code
 * weighted} and their {@code -imagewise} forms), whose {@code weighted-imagewise} divides by the
 * number of classes once too often, and MONAI's {@code DiceMetric} and {@code MeanIoU}.
 *
 * @param <S> the score itself
 */
public abstract class ConfusionScore<S extends ConfusionScore<S>> {
  private final ScoreOptions options;

  ConfusionScore(ScoreOptions options) {
    this.options = options;
  }

  /** Returns this score with classes averaged in another way. */
  public final S withAverage(Average average) {
    Objects.requireNonNull(average, "average");
    return with(options.withAverage(average));
  }

  /** Returns this score taken of each image first, or of all images together. */
  public final S withPerImage(boolean perImage) {
    return with(options.withPerImage(perImage));
  }

  /** Returns this score with another number for 0/0; NaN leaves it out. */
  public final S withZeroDivision(double zeroDivision) {
    return with(options.withZeroDivision(zeroDivision));
  }

  /** Returns this score with classes left out, or counted, that the target does not hold. */
  public final S withSkipEmptyTarget(boolean skip) {
    return with(options.withSkipEmptyTarget(skip));
  }

  /** Returns this score with class 0 counted or not. */
  public final S withIncludeBackground(boolean include) {
    return with(options.withIncludeBackground(include));
  }

  /**
   * Returns this score with weights for {@link Average#WEIGHTED}, which it then takes.
   *
   * @param weights ≥ 0, one for each class, background included
   * @throws IllegalArgumentException if one is not a finite number ≥ 0
   */
  public final S withClassWeights(double... weights) {
    Objects.requireNonNull(weights, "weights");
    if (weights.length == 0
        || Arrays.stream(weights).anyMatch(w -> !(w >= 0) || Double.isInfinite(w))) {
      throw new IllegalArgumentException(
          name()
              + ": class weights are "
              + Arrays.toString(weights)
              + ", must be numbers ≥ 0, one for each class");
    }
    List<Double> list = Arrays.stream(weights).boxed().toList();
    return with(options.withClassWeights(list).withAverage(Average.WEIGHTED));
  }

  /**
   * Returns the score of all images and classes.
   *
   * @throws IllegalArgumentException if there are not as many class weights as classes, or the
   *     background is left out of one class
   */
  public final double of(ConfusionTable table) {
    requireClasses(table.classes());
    if (!options.perImage()) {
      return averaged(IntStream.range(0, table.classes()).mapToObj(table::total).toList());
    }
    return Means.of(
        IntStream.range(0, table.images())
            .mapToDouble(image -> averaged(table.image(image)))
            .toArray());
  }

  /** Returns the score of one class of one image, or of any counts; NaN where it is left out. */
  public final double of(ConfusionCounts counts) {
    return options.skipEmptyTarget() && counts.isEmptyTarget()
        ? Double.NaN
        : score(counts, options.zeroDivision());
  }

  private double averaged(List<ConfusionCounts> all) {
    int from = options.includeBackground() ? 0 : 1;
    List<ConfusionCounts> classes = all.subList(from, all.size());
    if (options.average() == Average.MICRO) {
      return of(classes.stream().reduce(ConfusionCounts.NONE, ConfusionCounts::plus));
    }
    double[] scores = classes.stream().mapToDouble(this::of).toArray();
    if (options.average() == Average.MACRO) {
      return Means.of(scores);
    }
    List<Double> given = options.classWeights();
    return Means.weighted(
        scores,
        IntStream.range(0, scores.length)
            .mapToDouble(i -> given.isEmpty() ? size(classes.get(i)) : given.get(from + i))
            .toArray());
  }

  private static double size(ConfusionCounts counts) {
    return counts.truePositives() + counts.falseNegatives();
  }

  private void requireClasses(int classes) {
    if (!options.includeBackground() && classes == 1) {
      throw new IllegalArgumentException(
          name() + ": the background is left out, but there is 1 class; must be counted");
    }
    int given = options.classWeights().size();
    if (given > 0 && given != classes) {
      throw new IllegalArgumentException(
          name() + ": there are " + given + " class weights, must be " + classes);
    }
  }

  abstract String name();

  abstract S with(ScoreOptions changed);

  abstract double score(ConfusionCounts counts, double zeroDivision);
}
