package io.lossmith.losses;

/** What a class costs that the target does not hold. */
public enum EmptyTarget {
  /** What the formula says; with little smoothing its gradient is close to 0. */
  SMOOTH,
  /** It is left out of the mean; where nothing is left the loss is 0. */
  SKIP,
  /** 0, and it stays in the mean. */
  ZERO,
  /** The mean prediction for the class: a live gradient against false positives. */
  PENALIZE
}
