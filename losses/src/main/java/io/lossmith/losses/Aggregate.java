package io.lossmith.losses;

/** Which pixels share one ratio in a region loss. */
public enum Aggregate {
  /** One ratio for each sample and class. */
  SAMPLE,
  /** One ratio for each class: sums run over the batch too. */
  BATCH,
  /** One ratio: sums run over the batch and the classes. */
  ALL
}
