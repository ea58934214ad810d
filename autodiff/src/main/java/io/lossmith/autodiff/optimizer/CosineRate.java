package io.lossmith.autodiff.optimizer;

/** Half a cosine from one rate to another. */
record CosineRate(double rate, int steps, double last) implements LearningRate {
  @Override
  public double at(int taken, Scores scores) {
    if (taken >= steps) {
      return last;
    }
    return last + (rate - last) * (1 + Math.cos(Math.PI * taken / steps)) / 2;
  }
}
