package io.lossmith.autodiff.optimizer;

import java.io.Serializable;

/**
 * What a {@link LearningRate} keeps of the scores that a training was told. Finite numbers all, so
 * that any file can hold them.
 *
 * @param count how many there were
 * @param best the best of them, 0 if there were none
 * @param waited how many came since one was better
 * @param resting how many of those to come have no effect
 * @param factor by which the rate has been lowered, 1 if it never was
 */
public record Scores(int count, double best, int waited, int resting, double factor)
    implements Serializable {
  /** What is known before the first. */
  public static final Scores NONE = new Scores(0, 0, 0, 0, 1);

  /**
   * Takes what was kept.
   *
   * @throws IllegalArgumentException if no training leads to these numbers
   */
  public Scores {
    Numbers.atLeast("Scores", "count", count, 0);
    Numbers.require("Scores", "best", best, Double.isFinite(best), "finite");
    Numbers.atLeast("Scores", "waited", waited, 0);
    Numbers.atLeast("Scores", "resting", resting, 0);
    Numbers.require("Scores", "factor", factor, factor >= 0 && factor <= 1, "within 0..1");
  }
}
