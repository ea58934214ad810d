package io.lossmith.app.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.losses.Dice;
import io.lossmith.losses.MeanSquaredError;
import io.lossmith.losses.NegativeLogLikelihood;
import org.junit.jupiter.api.Test;

class PredictionDoubtTests {
  private static final float[] TARGET = {0, 1, 1};

  @Test
  void probabilitiesGivenForLogitsAreDoubted() {
    float[] probabilities = {0.1f, 0.9f, 0.5f};
    assertThat(PredictionDoubt.of(Dice.sigmoid(), probabilities, TARGET))
        .contains("every prediction is within 0..1")
        .contains("set activation=none");
    assertThat(PredictionDoubt.of(Dice.ofProbabilities(), probabilities, TARGET)).isNull();
    assertThat(PredictionDoubt.of(Dice.sigmoid(), new float[] {-1, 2, 0.5f}, TARGET)).isNull();
  }

  @Test
  void logitsGivenForLogProbabilitiesAreDoubted() {
    assertThat(PredictionDoubt.of(NegativeLogLikelihood.create(), new float[] {-1, 2}, TARGET))
        .contains("predictions are above 0, but nll takes log-probabilities")
        .contains("take cross-entropy");
    float[] logarithms = {-0.7f, 1e-7f, Float.NEGATIVE_INFINITY};
    assertThat(PredictionDoubt.of(NegativeLogLikelihood.create(), logarithms, TARGET)).isNull();
  }

  @Test
  void logitsGivenForValuesAreDoubted() {
    float[] logits = {-4, 3, 5};
    assertThat(PredictionDoubt.of(MeanSquaredError.create(), logits, TARGET))
        .contains("if these are logits, take a loss of logits");
    assertThat(PredictionDoubt.of(MeanSquaredError.create(), new float[] {-0.2f, 1, 1.3f}, TARGET))
        .isNull();
    assertThat(PredictionDoubt.of(MeanSquaredError.create(), logits, new float[] {0, 8, 9}))
        .isNull();
  }
}
