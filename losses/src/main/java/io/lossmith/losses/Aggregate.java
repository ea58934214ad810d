package io.lossmith.losses;

import io.lossmith.losses.kit.RegionSums.Over;

/** Which pixels share one ratio in a region loss. */
public enum Aggregate {
  /** One ratio for each sample and class. */
  SAMPLE(Over.PIXELS),
  /** One ratio for each class: sums run over the batch too. */
  BATCH(Over.BATCH),
  /** One ratio: sums run over the batch and the classes. */
  ALL(Over.BATCH_AND_CLASSES);

  private final Over over;

  Aggregate(Over over) {
    this.over = over;
  }

  /** Returns what sums run over. */
  Over over() {
    return over;
  }
}
