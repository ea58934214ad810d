package io.lossmith.app.train;

import io.lossmith.app.data.Augmentation;

/**
 * How to train.
 *
 * @param steps how many batches to learn from
 * @param batch pieces of pictures in a batch
 * @param crop side of a piece in pixels, a multiple of 4
 * @param learningRate how far a step goes
 * @param seed of all that is random
 * @param augmentation what is changed at random in the pieces
 */
public record TrainingPlan(
    int steps, int batch, int crop, double learningRate, long seed, Augmentation augmentation) {
  /** Returns after how many steps the validation pictures are scored; about twenty times in all. */
  public int validationInterval() {
    return Math.max(1, steps / 20);
  }
}
