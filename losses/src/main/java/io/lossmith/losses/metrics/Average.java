package io.lossmith.losses.metrics;

/** How the scores of several classes become one. */
public enum Average {
  /** One score of the counts of all classes together: large classes count more. */
  MICRO,
  /** The mean of the scores of the classes: each counts alike. */
  MACRO,
  /** The mean weighed by class: by given weights, or else by how many pixels each class has. */
  WEIGHTED
}
