package io.lossmith.app.train;

import io.lossmith.autodiff.optimizer.Optimizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that training needs to go on exactly as if it had never stopped. What a step draws at random
 * depends on the plan's seed and the step's number, so no generator's state is among it; whether to
 * end early follows from the scores.
 *
 * @param parameters of the network, as {@link UNet#parameters()} lists them
 * @param optimizer what it keeps of earlier steps
 * @param figures for each {@link Figure} that of each step taken
 * @param validations the scores so far
 * @param best what scored best so far, null where nothing has
 */
public record TrainingState(
    float[][] parameters,
    Optimizer.State optimizer,
    float[][] figures,
    List<History.Validation> validations,
    @Nullable Snapshot best) {
  /** Returns how many steps were taken. */
  public int steps() {
    return figures[0].length;
  }
}
