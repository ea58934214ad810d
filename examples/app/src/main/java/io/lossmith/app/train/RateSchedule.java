package io.lossmith.app.train;

import io.lossmith.autodiff.optimizer.LearningRate;
import java.util.Locale;

/** How the learning rate changes while training goes on. */
public enum RateSchedule {
  /** It stays the same. */
  CONSTANT {
    @Override
    LearningRate rate(double first, int steps) {
      return LearningRate.constant(first);
    }
  },

  /** It falls along half a cosine, to 0 after the last step. */
  COSINE {
    @Override
    LearningRate rate(double first, int steps) {
      return LearningRate.cosine(first, steps);
    }
  },

  /** It is halved where validation Dice has not risen for some times. */
  PLATEAU {
    @Override
    LearningRate rate(double first, int steps) {
      return LearningRate.plateau(first)
          .withHigherIsBetter(true)
          .withPatience(PATIENCE - 1) // of those in a row that are let pass
          .withFactor(0.5)
          .withThreshold(0);
    }
  };

  /** After so many scores in a row that are not better a plateau is seen. */
  public static final int PATIENCE = 4;

  abstract LearningRate rate(double first, int steps);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
