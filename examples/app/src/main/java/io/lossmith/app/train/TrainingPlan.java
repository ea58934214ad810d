package io.lossmith.app.train;

import io.lossmith.app.data.Pieces;
import io.lossmith.app.data.SampleFacts;
import io.lossmith.autodiff.optimizer.LearningRate;
import java.util.List;

/**
 * How to train.
 *
 * @param steps how many batches to learn from
 * @param pieces what batches are made of
 * @param learningRate how far the first step goes
 * @param schedule how that changes
 * @param patience training ends where validation Dice has not risen for so many steps; 0 for never
 * @param seed of all that is random
 */
public record TrainingPlan(
    int steps, Pieces pieces, double learningRate, RateSchedule schedule, int patience, long seed) {
  private static final int LEAST_INTERVAL = 15;

  /** Returns how far steps go. */
  LearningRate rate() {
    return schedule.rate(learningRate, steps);
  }

  /**
   * Returns after how many steps the validation pictures are scored. That follows from sizes alone,
   * not from time or {@link #steps}: which model is best, and where training ends, must not depend
   * on either. At least as many pixels are learned from as are scored; an answer takes a third of a
   * step's work, so that scoring takes a quarter of the time at most.
   */
  public int validationInterval(List<SampleFacts> validation) {
    long pixels = validation.stream().mapToLong(SampleFacts::pixels).sum();
    return (int) Math.max(LEAST_INTERVAL, Math.min(Integer.MAX_VALUE, pixels / pieces.pixels()));
  }
}
