package io.lossmith.losses;

import io.lossmith.losses.kit.Option;

/**
 * Withers that several losses share. They are interfaces, beside the classes that say what a
 * formula is handed: as classes between those they would be one storey more for each list of
 * options. Which values are taken the loss's own option says.
 *
 * <p>They are public, within a class that is not, because reflection asks for that, and with it
 * Groovy; nobody can name them.
 */
final class Withers {
  private Withers() {}

  /**
   * That of losses that can leave out pixels by what their target holds.
   *
   * @param <L> the loss itself
   */
  public interface OfTargets<L extends CatalogueLoss<L>> {
    /**
     * Returns this loss with pixels left out whose target holds this value; in a target with
     * several channels, whose target holds it in any channel.
     */
    default L withIgnoreIndex(int ignoreIndex) {
      return with(this, Options.IGNORE_INDEX, ignoreIndex);
    }
  }

  /**
   * That of losses that make probabilities, or may.
   *
   * @param <L> the loss itself
   */
  public interface OfActivations<L extends CatalogueLoss<L>> {
    /** Returns this loss with another way to make probabilities. */
    default L withActivation(Activation activation) {
      return with(this, Options.ACTIVATION, activation);
    }
  }

  /**
   * Those of {@link Options#OF_PIXELS}.
   *
   * @param <L> the loss itself
   */
  public interface OfPixels<L extends CatalogueLoss<L>> extends OfTargets<L> {
    /** Returns this loss with another reduction. */
    default L withReduction(Reduction reduction) {
      return with(this, Options.REDUCTION, reduction);
    }
  }

  /**
   * Those of losses that activate and may leave out the background.
   *
   * @param <L> the loss itself
   */
  public interface OfChannels<L extends CatalogueLoss<L>> extends OfPixels<L>, OfActivations<L> {
    /** Returns this loss with class 0 counted or not. */
    default L withIncludeBackground(boolean include) {
      return with(this, Options.INCLUDE_BACKGROUND, include);
    }
  }

  /**
   * Those of losses made of ratios.
   *
   * @param <L> the loss itself
   */
  public interface OfRatios<L extends CatalogueLoss<L>> extends OfPixels<L> {
    /** Returns this loss with the same number ≥ 0 added to numerator and denominator. */
    default L withSmooth(double smooth) {
      return with(this, Options.SMOOTH_BOTH, smooth);
    }

    /** Returns this loss with a number ≥ 0 added to the numerator. */
    default L withSmoothNumerator(double smooth) {
      return with(this, Options.SMOOTH_NUMERATOR, smooth);
    }

    /** Returns this loss with a number ≥ 0 added to the denominator. */
    default L withSmoothDenominator(double smooth) {
      return with(this, Options.SMOOTH_DENOMINATOR, smooth);
    }
  }

  /**
   * Those of {@link Options#OF_REGIONS}.
   *
   * @param <L> the loss itself
   */
  public interface OfRegions<L extends CatalogueLoss<L>> extends OfChannels<L>, OfRatios<L> {
    /** Returns this loss with other pixels sharing a ratio. */
    default L withAggregate(Aggregate aggregate) {
      return with(this, Options.AGGREGATE, aggregate);
    }
  }

  /**
   * That of losses that ask what a class costs that the target does not hold.
   *
   * @param <L> the loss itself
   */
  public interface OfAbsentClasses<L extends CatalogueLoss<L>> {
    /** Returns this loss with another rule for classes that the target does not hold. */
    default L withEmptyTarget(EmptyTarget rule) {
      return with(this, Options.EMPTY_TARGET, rule);
    }
  }

  /**
   * Those of losses of a score for each class.
   *
   * @param <L> the loss itself
   */
  public interface OfScores<L extends CatalogueLoss<L>> extends OfAbsentClasses<L> {
    /** Returns this loss as −ln max(score, 1e-7), or as 1 − score. */
    default L withLog(boolean log) {
      return with(this, Options.LOG, log);
    }
  }

  /**
   * That of losses made of hits that soft targets may count otherwise.
   *
   * @param <L> the loss itself
   */
  public interface OfSoftLabels<L extends CatalogueLoss<L>> {
    /** Returns this loss with I = (P + T − Σ|p − t|)/2, or with Σp·t. */
    default L withSoftLabels(boolean softLabels) {
      return with(this, Options.SOFT_LABELS, softLabels);
    }
  }

  /**
   * That of losses that weigh a pixel by its label.
   *
   * @param <L> the loss itself
   */
  public interface OfLabels<L extends CatalogueLoss<L>> {
    /** Returns this loss with a weight ≥ 0 for each class. */
    default L withClassWeights(double... weights) {
      return with(this, Options.LABEL_WEIGHTS, weights);
    }
  }

  /** Nothing but a loss has these, each those of its own type: so the cast is right. */
  @SuppressWarnings("unchecked")
  private static <L extends CatalogueLoss<L>> L with(Object loss, Option<?> option, Object given) {
    return ((CatalogueLoss<L>) loss).with(option, given);
  }
}
