package io.lossmith.autodiff.optimizer;

import java.util.List;

/**
 * A rate that stays the same while scores get better, and is lowered when they have not for a
 * while. Scores are told by {@link CurrentRate#scored}, once an epoch for example.
 *
 * <pre>
 * rate ← max(rate · factor, minimum)   where more than {@code patience} scores in a row are not better
 * better: score &lt; best − threshold · |best|   (higher is better: score &gt; best + threshold · |best|)
 * </pre>
 *
 * <p>After it was lowered, the next {@code cooldown} scores may be the best one, and have no other
 * effect. Tested against PyTorch's {@code ReduceLROnPlateau} with its relative threshold. Unlike
 * there, what is better than a best score below 0 lies beyond it, and a rate is lowered however
 * little that is.
 *
 * <p>Immutable.
 */
public final class Plateau implements LearningRate {
  private static final String WHO = "LearningRate.plateau";

  private final double rate;
  private final double factor;
  private final int patience;
  private final double threshold;
  private final int cooldown;
  private final double minimum;
  private final boolean higher;

  private Plateau(
      double rate,
      double factor,
      int patience,
      double threshold,
      int cooldown,
      double minimum,
      boolean higher) {
    this.rate = rate;
    this.factor = factor;
    this.patience = patience;
    this.threshold = threshold;
    this.cooldown = cooldown;
    this.minimum = minimum;
    this.higher = higher;
  }

  static Plateau of(double rate) {
    return new Plateau(Numbers.rate(WHO, "rate", rate), 0.1, 10, 1e-4, 0, 0, false);
  }

  /**
   * Returns this with another factor, in place of 0.1.
   *
   * @throws IllegalArgumentException if it is not above 0 and below 1
   */
  public Plateau withFactor(double changed) {
    Numbers.require(WHO, "factor", changed, changed > 0 && changed < 1, "> 0 and < 1");
    return new Plateau(rate, changed, patience, threshold, cooldown, minimum, higher);
  }

  /**
   * Returns this waiting for a better score over another number of them, in place of 10.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Plateau withPatience(int changed) {
    Numbers.atLeast(WHO, "patience", changed, 0);
    return new Plateau(rate, factor, changed, threshold, cooldown, minimum, higher);
  }

  /**
   * Returns this with another part of the best score that makes a difference, in place of 1e-4.
   *
   * @throws IllegalArgumentException if it is negative, or not below 1
   */
  public Plateau withThreshold(double changed) {
    Numbers.below1(WHO, "threshold", changed);
    return new Plateau(rate, factor, patience, changed, cooldown, minimum, higher);
  }

  /**
   * Returns this with scores that are passed over each time the rate was lowered, in place of none.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Plateau withCooldown(int changed) {
    Numbers.atLeast(WHO, "cooldown", changed, 0);
    return new Plateau(rate, factor, patience, threshold, changed, minimum, higher);
  }

  /**
   * Returns this with a rate that it does not go below, in place of 0.
   *
   * @throws IllegalArgumentException if it is negative, NaN or above the rate to begin with
   */
  public Plateau withMinimum(double changed) {
    boolean holds = changed >= 0 && changed <= rate;
    Numbers.require(WHO, "minimum", changed, holds, "within 0.." + rate + ", the rate");
    return new Plateau(rate, factor, patience, threshold, cooldown, changed, higher);
  }

  /** Returns this for scores of which the higher is the better one, or for losses. */
  public Plateau withHigherIsBetter(boolean changed) {
    return new Plateau(rate, factor, patience, threshold, cooldown, minimum, changed);
  }

  @Override
  public double at(int steps, Scores scores) {
    return Math.max(rate * scores.factor(), minimum);
  }

  @Override
  public Scores scored(Scores before, double score) {
    boolean better = before.count() == 0 || isBetter(score, before.best());
    int count = before.count() + 1;
    double best = better ? score : before.best();
    if (before.resting() > 0) {
      return new Scores(count, best, 0, before.resting() - 1, before.factor());
    }
    int waited = better ? 0 : before.waited() + 1;
    return waited <= patience
        ? new Scores(count, best, waited, 0, before.factor())
        : new Scores(count, best, 0, cooldown, before.factor() * factor);
  }

  private boolean isBetter(double score, double best) {
    double least = threshold * Math.abs(best);
    return higher ? score > best + least : score < best - least;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Plateau plateau && options().equals(plateau.options());
  }

  @Override
  public int hashCode() {
    return options().hashCode();
  }

  @Override
  public String toString() {
    return "Plateau" + options();
  }

  private List<Object> options() {
    return List.of(rate, factor, patience, threshold, cooldown, minimum, higher);
  }
}
