package io.lossmith.losses.metrics;

import java.util.Arrays;

/** Means in which NaN is not there. */
final class Means {
  private Means() {}

  /** Returns the mean of what is not NaN; NaN if nothing is. */
  static double of(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  /** Returns Σw·v/Σw over what is not NaN; NaN if that weighs nothing. */
  static double weighted(double[] values, double[] weights) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        sum += weights[i] * values[i];
        weight += weights[i];
      }
    }
    return weight == 0 ? Double.NaN : sum / weight;
  }
}
