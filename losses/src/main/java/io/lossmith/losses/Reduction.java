package io.lossmith.losses;

/** What is made of the values of the pixels, elements, samples or classes. */
public enum Reduction {
  /** They are given as they are; what does not count is 0. */
  NONE,
  /** Their mean over what counts; 0 where nothing does. */
  MEAN,
  /** Their sum. */
  SUM
}
