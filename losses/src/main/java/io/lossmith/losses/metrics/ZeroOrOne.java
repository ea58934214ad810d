package io.lossmith.losses.metrics;

import io.lossmith.core.Shape;

/** Masks hold 0 and 1: a threshold is the caller's to choose. */
final class ZeroOrOne {
  private ZeroOrOne() {}

  /**
   * Returns the values of masks.
   *
   * @param who the metric
   * @param what how the metric calls them
   * @throws IllegalArgumentException if one is neither 0 nor 1
   */
  static float[] of(String who, String what, float[] values, Shape shape) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 && values[i] != 1) {
        throw new IllegalArgumentException(
            who
                + ": "
                + what
                + " is "
                + values[i]
                + " at "
                + shape.index(i)
                + ", must be 0 or 1; make masks of predictions by Masks.ofLogits,"
                + " Masks.ofProbabilities or Masks.argmax");
      }
    }
    return values;
  }
}
