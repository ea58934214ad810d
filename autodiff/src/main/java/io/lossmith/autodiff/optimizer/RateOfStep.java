package io.lossmith.autodiff.optimizer;

import java.util.function.IntToDoubleFunction;

/** A rate that a user gives for each step. */
record RateOfStep(IntToDoubleFunction rate) implements LearningRate {
  @Override
  public double at(int steps, Scores scores) {
    double now = rate.applyAsDouble(steps);
    return Numbers.isRate(now)
        ? now
        : Numbers.rate("LearningRate.ofStep", "the rate after " + steps + " steps", now);
  }
}
