package io.lossmith.app.train;

import io.lossmith.autodiff.optimizer.Optimizer;
import java.util.List;

/**
 * All that training needs to go on exactly as if it had never stopped. What a step draws at random
 * depends on the plan's seed and the step's number, so no generator's state is among it.
 *
 * @param parameters of the network, as {@link UNet#parameters()} lists them
 * @param optimizer what Adam keeps
 * @param losses the loss of each step taken
 * @param validations the scores so far
 */
public record TrainingState(
    float[][] parameters,
    Optimizer.State optimizer,
    float[] losses,
    List<History.Validation> validations) {
  /** Returns how many steps were taken. */
  public int steps() {
    return losses.length;
  }
}
