package io.lossmith.app.loss;

import io.lossmith.losses.Loss;
import io.lossmith.losses.PredictionKind;
import org.jspecify.annotations.Nullable;

/** Tells where numbers look like another kind of prediction than the loss takes them for. */
public final class PredictionDoubt {
  /** How far plain values may be from a target of 0 and 1 without looking like logits. */
  private static final float NEAR = 0.5f;

  /** What rounding leaves above the logarithm of 1. */
  private static final float ROUNDED = 1e-3f;

  private PredictionDoubt() {}

  /** Returns what is doubtful, in half a sentence, or null where nothing is. */
  public static @Nullable String of(Loss loss, float[] prediction, float[] target) {
    PredictionKind kind = loss.predictionKind();
    if (kind == PredictionKind.LOGITS && isWithin(prediction, 0, 1) && !isBinary(prediction)) {
      return "every prediction is within 0..1, but "
          + loss
          + " takes logits; if these are probabilities, set activation=none or take a loss of"
          + " probabilities";
    }
    if (kind == PredictionKind.VALUES
        && isWithin(target, 0, 1)
        && !isWithin(prediction, -NEAR, 1 + NEAR)) {
      return "the target is within 0..1 and predictions are not, but "
          + loss
          + " compares them as they are; if these are logits, take a loss of logits";
    }
    if (kind == PredictionKind.LOG_PROBABILITIES && isAbove(prediction, ROUNDED)) {
      return "predictions are above 0, but "
          + loss
          + " takes log-probabilities, which are not; if these are logits, take cross-entropy";
    }
    return null;
  }

  private static boolean isAbove(float[] values, float high) {
    for (float value : values) {
      if (value > high) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWithin(float[] values, float low, float high) {
    for (float value : values) {
      if (!(value >= low && value <= high)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBinary(float[] values) {
    for (float value : values) {
      if (value != 0 && value != 1) {
        return false;
      }
    }
    return true;
  }
}
