package io.lossmith.autodiff.optimizer;

/** The same rate at each step. */
record ConstantRate(double rate) implements LearningRate {
  @Override
  public double at(int steps, Scores scores) {
    return rate;
  }
}
