package io.lossmith.losses;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a loss takes its prediction for, and so what a model that learned by it gives: {@link
 * Loss#predictionKind()}.
 */
public enum PredictionKind {
  /**
   * Any numbers, which the loss makes probabilities of by a sigmoid or a softmax. A mask is where
   * one is ≥ 0, or the class of the greatest.
   */
  LOGITS,
  /** Numbers within 0..1. A mask is where one is ≥ ½, or the class of the greatest. */
  PROBABILITIES,
  /** Natural logarithms of probabilities, ≤ 0. The class is that of the greatest. */
  LOG_PROBABILITIES,
  /**
   * Numbers of the target's own kind, compared with it as they are: with a mask of 0 and 1, ½ is in
   * the middle.
   */
  VALUES;

  /** Returns what all losses take their prediction for; null if they differ or one is unknown. */
  static @Nullable PredictionKind common(Stream<Loss> losses) {
    List<@Nullable PredictionKind> kinds = losses.map(Loss::predictionKind).distinct().toList();
    return kinds.size() == 1 ? kinds.get(0) : null;
  }

  /** Returns the words for it: {@code log-probabilities}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
