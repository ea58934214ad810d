package io.lossmith.autodiff.optimizer;

import java.io.Serializable;
import java.util.Objects;

/**
 * The learning rate of a training under way. Whoever takes the steps, a network of another library
 * for example, asks for the value before each and says when it is taken:
 *
 * <pre>{@code
 * CurrentRate rate = LearningRate.cosine(0.1, 100).start();
 * for (int step = 0; step < 50; step++) {
 *   double now = rate.value();   // and a step as far as that
 *   rate.stepped();
 * }
 * rate.value();   // 0.05
 * }</pre>
 *
 * <p>With {@link #state} and {@link #restore} a training goes on as if it had never stopped. Not
 * thread-safe.
 */
public final class CurrentRate {
  private final LearningRate rule;
  private int steps;
  private Scores scores = Scores.NONE;

  CurrentRate(LearningRate rule) {
    this.rule = rule;
  }

  /**
   * Returns the rate of the next step.
   *
   * @throws IllegalArgumentException if a rule of the user's own gives none
   */
  public double value() {
    return rule.at(steps, scores);
  }

  /** Returns how many steps were taken. */
  public int steps() {
    return steps;
  }

  /** Says that a step was taken. */
  public void stepped() {
    steps++;
  }

  /**
   * Tells how good the network is now, a loss or a score of pictures that it does not learn from: a
   * {@link Plateau} lowers the rate by it, others have no use for it.
   *
   * @throws IllegalArgumentException if it is infinite or NaN
   */
  public void scored(double score) {
    Numbers.require("learning rate", "the score", score, Double.isFinite(score), "finite");
    scores = rule.scored(scores, score);
  }

  /** Returns what {@link #restore} needs to go on from here. */
  public State state() {
    return new State(steps, scores);
  }

  /** Goes on from where another training of the same rule was. */
  public void restore(State state) {
    steps = state.steps;
    scores = state.scores;
  }

  /**
   * Where a training stands.
   *
   * @param steps that were taken
   * @param scores what is kept of those told
   */
  public record State(int steps, Scores scores) implements Serializable {
    /**
     * Takes what was kept.
     *
     * @throws IllegalArgumentException if steps is negative
     */
    public State {
      Objects.requireNonNull(scores, "scores");
      Numbers.atLeast("CurrentRate.State", "steps", steps, 0);
    }
  }
}
