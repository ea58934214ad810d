package io.lossmith.losses.metrics;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.LossInputs;
import java.util.Arrays;

/** From predictions to masks. */
public final class Masks {
  private Masks() {}

  /**
   * Returns 1 where a logit is ≥ 0, which is where its sigmoid is ≥ ½, and 0 elsewhere.
   *
   * @param logits any shape
   * @throws IllegalArgumentException if one is NaN
   */
  public static Tensor ofLogits(Tensor logits) {
    return logits.checkNotNaN("masks: logits").greaterOrEqual(0);
  }

  /**
   * Returns 1 where a probability is ≥ ½, and 0 elsewhere.
   *
   * @param probabilities any shape
   * @throws IllegalArgumentException if one is NaN or not within 0..1, but for rounding (1e-5)
   */
  public static Tensor ofProbabilities(Tensor probabilities) {
    return probabilities
        .checkRange(
            "masks: probabilities",
            -LossInputs.HAIR,
            1 + LossInputs.HAIR,
            "within 0..1; for logits use Masks.ofLogits")
        .greaterOrEqual(0.5);
  }

  /**
   * Returns the class of the greatest channel, the first of several equal ones.
   *
   * @param prediction logits or probabilities {@code [N, C, spatial...]}; a pixel that holds NaN
   *     gives C, which is no class
   * @return class indices {@code [N, spatial...]}
   */
  public static Tensor argmax(Tensor prediction) {
    int classes = prediction.shape().get(prediction.shape().axis("argmax", 1));
    int[] along = new int[prediction.shape().rank()];
    Arrays.fill(along, 1);
    along[1] = classes;
    Tensor numbers = Tensor.iota(classes).reshape(along);
    return Tensor.where(prediction.equalTo(prediction.maxKeep(1)), numbers, classes).min(1);
  }
}
