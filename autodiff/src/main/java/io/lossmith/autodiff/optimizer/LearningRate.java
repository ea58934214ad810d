package io.lossmith.autodiff.optimizer;

import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * How far each step of a training goes: a rule, which holds nothing that changes. What counts the
 * steps of one training is {@link #start}.
 *
 * <pre>{@code
 * LearningRate same = LearningRate.constant(0.01);
 * LearningRate falling = LearningRate.cosine(0.01, 1000);
 * LearningRate waiting = LearningRate.plateau(0.01).withPatience(5);
 * LearningRate warmUp = LearningRate.ofStep(steps -> 0.01 * Math.min(1, (steps + 1) / 100.0));
 * }</pre>
 */
public sealed interface LearningRate permits ConstantRate, CosineRate, Plateau, RateOfStep {
  /**
   * Returns the rate that is always the same.
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  static LearningRate constant(double rate) {
    return new ConstantRate(Numbers.rate("LearningRate.constant", "rate", rate));
  }

  /**
   * Returns {@link #cosine(double, int, double)} that falls to 0.
   *
   * @throws IllegalArgumentException as that does
   */
  static LearningRate cosine(double rate, int steps) {
    return cosine(rate, steps, 0);
  }

  /**
   * Returns a rate that falls along half a cosine, and stays where it has come to.
   *
   * <pre>last + (rate − last) · (1 + cos(π·k / steps)) / 2   for k steps taken, then last</pre>
   *
   * <p>Source: Loshchilov, Hutter 2016 (SGDR, arXiv:1608.03983), without restarts; tested against
   * PyTorch's {@code CosineAnnealingLR}, which rises again after {@code T_max} steps.
   *
   * @param steps how many there will be
   * @param last the rate after them
   * @throws IllegalArgumentException if a rate is negative, infinite or NaN, or steps is below 1
   */
  static LearningRate cosine(double rate, int steps, double last) {
    String who = "LearningRate.cosine";
    return new CosineRate(
        Numbers.rate(who, "rate", rate),
        Numbers.atLeast(who, "steps", steps, 1),
        Numbers.rate(who, "last", last));
  }

  /**
   * Returns a rate that is lowered where scores stop getting better, see {@link Plateau}.
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  static Plateau plateau(double rate) {
    return Plateau.of(rate);
  }

  /**
   * Returns a rate of one's own.
   *
   * @param rate gives the rate of the step that follows so many, from 0; that it is none is said
   *     when it is asked for
   */
  static LearningRate ofStep(IntToDoubleFunction rate) {
    Objects.requireNonNull(rate, "rate");
    return new RateOfStep(rate);
  }

  /** Returns the rate of the step that follows so many steps and these scores. */
  double at(int steps, Scores scores);

  /** Returns what is to be known of scores after one more; the same where none has an effect. */
  default Scores scored(Scores before, double score) {
    Objects.requireNonNull(before, "before");
    return before;
  }

  /** Returns the rate at the beginning of a training. */
  default CurrentRate start() {
    return new CurrentRate(this);
  }
}
