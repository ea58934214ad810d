package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionKindTests {
  private static final Tensor LOGITS = Tensor.of(new float[] {3, -5, 4, -2}, 1, 1, 2, 2);
  private static final Tensor TARGET = Tensor.of(new float[] {1, 0, 1, 0}, 1, 1, 2, 2);

  @ParameterizedTest
  @CsvSource({
    "bce, PROBABILITIES",
    "bce-with-logits, LOGITS",
    "cross-entropy, LOGITS",
    "focal, LOGITS",
    "nll, LOG_PROBABILITIES",
    "mse, VALUES",
    "huber, VALUES",
    "giou, VALUES",
    "dice, PROBABILITIES",
    "lovasz-softmax, LOGITS",
    "dice-ce, LOGITS",
    "dice-cl-dice, PROBABILITIES",
    "ssim, VALUES",
  })
  void everyLossSaysWhatItsPredictionIs(String id, PredictionKind kind) {
    assertThat(Losses.byName(id, Map.of()).predictionKind()).isEqualTo(kind);
  }

  @Test
  void anActivationMakesProbabilitiesOfLogits() {
    assertThat(Dice.sigmoid().predictionKind()).isEqualTo(PredictionKind.LOGITS);
    assertThat(Dice.softmax().predictionKind()).isEqualTo(PredictionKind.LOGITS);
    assertThat(Dice.ofProbabilities().predictionKind()).isEqualTo(PredictionKind.PROBABILITIES);
    MultiScale scales = MultiScale.of(Dice.ofProbabilities());
    assertThat(scales.predictionKind()).isEqualTo(PredictionKind.PROBABILITIES);
    assertThat(scales.withActivation(Activation.SIGMOID).predictionKind())
        .isEqualTo(PredictionKind.LOGITS);
  }

  @Test
  void aSumTakesWhatAllItsPartsTake() {
    Loss binary = BinaryCrossEntropyWithLogits.create();
    assertThat(Dice.sigmoid().plus(binary).predictionKind()).isEqualTo(PredictionKind.LOGITS);
    assertThat(MeanSquaredError.create().plus(binary).predictionKind()).isNull();
    Loss own = (p, t) -> p.minus(t).abs().sum();
    assertThat(own.predictionKind()).isNull();
    assertThat(own.plus(binary).predictionKind()).isNull();
    assertThat(binary.masked(Tensor.ones(2, 2)).predictionKind()).isEqualTo(PredictionKind.LOGITS);
    assertThat(UncertaintyWeighted.of(binary, Dice.sigmoid()).predictionKind())
        .isEqualTo(PredictionKind.LOGITS);
  }

  @Test
  void theCatalogueTellsIt() {
    Map<String, String> told =
        Losses.descriptions().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    LossDescription::id, LossDescription::prediction));
    assertThat(told)
        .containsEntry("dice", "probabilities, or logits with an activation")
        .containsEntry("ssim", "values, or logits with an activation")
        .containsEntry("dice-ce", "logits")
        .containsEntry("focal", "logits")
        .containsEntry("nll", "log-probabilities")
        .containsEntry("sum", "what the losses within take")
        .containsEntry("multi-scale", "what the losses within take");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bce",
        "dice",
        "iou",
        "tversky",
        "focal-tversky",
        "generalized-dice",
        "log-cosh-dice",
        "mcc",
        "sensitivity-specificity",
        "boundary",
        "hausdorff-dt",
        "log-hausdorff-dt",
        "cl-dice",
        "dice-cl-dice"
      })
  void logitsAreNoProbabilities(String id) {
    Loss loss = Losses.byName(id, Map.of());
    for (Tensor p : List.of(LOGITS, LOGITS.unaryMinus())) {
      assertThatThrownBy(() -> loss.valueAndGradient(p, TARGET).value().item())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              ": prediction is " + (p == LOGITS ? "3" : "-3") + " at [0, 0, 0, 0]")
          .hasMessageContaining("must be within 0..1; logits were probably meant");
    }
    float allRight = loss.apply(LOGITS.sigmoid(), TARGET).item();
    assertThat(allRight).isLessThan(1);
  }

  @Test
  void aHairBesideProbabilitiesIsRounding() {
    Tensor p = Tensor.of(new float[] {1.000001f, -1e-6f, 1, 0}, 1, 1, 2, 2);
    assertThat(Dice.ofProbabilities().apply(p, TARGET).item()).isCloseTo(0, within(1e-5f));
    Tensor q = Tensor.of(new float[] {1.0001f, 0, 1, 0}, 1, 1, 2, 2);
    assertThatThrownBy(() -> Dice.ofProbabilities().apply(q, TARGET).item())
        .hasMessageContaining("must be within 0..1");
  }

  @Test
  void ignoredPixelsMayHoldAnything() {
    Tensor mask = Tensor.of(new float[] {0, 0, 0, 1}, 1, 1, 2, 2);
    Tensor p = Tensor.of(new float[] {3, -5, 4, 0.5f}, 1, 1, 2, 2);
    assertThat(Dice.ofProbabilities().apply(p, TARGET, mask).item()).isFinite();
  }

  /** A class that −∞ rules out costs nothing where it is not the target. */
  @ParameterizedTest
  @CsvSource({"cross-entropy, 1.313262", "poly-cross-entropy, 2.044320", "focal, 0.701868"})
  void aClassMayBeRuledOut(String id, float wanted) {
    Map<String, Object> options = id.equals("focal") ? Map.of("activation", "softmax") : Map.of();
    Loss loss = Losses.byName(id, options);
    Tensor x = Tensor.of(new float[] {1, Float.NEGATIVE_INFINITY, 2}, 1, 3);
    Tensor oneHot = Tensor.of(new float[] {1, 0, 0}, 1, 3);
    assertThat(loss.apply(x, oneHot).item()).isCloseTo(wanted, within(1e-5f));
    assertThat(loss.valueAndGradient(x, oneHot).gradient().toArray()).doesNotContain(Float.NaN);
    assertThat(loss.apply(x, Tensor.of(new float[1], 1)).item()).isCloseTo(wanted, within(1e-5f));
  }

  /** As is said where they are described: a case of its own for each element would cost time. */
  @ParameterizedTest
  @ValueSource(strings = {"bce-with-logits", "focal"})
  void anInfiniteLogitGivesNoNumber(String id) {
    Loss loss = Losses.byName(id, Map.of());
    Tensor x = Tensor.of(new float[] {Float.POSITIVE_INFINITY}, 1, 1);
    assertThat(loss.apply(x, Tensor.ones(1, 1)).item()).isNaN();
    assertThat(loss.apply(Tensor.full(6.5e4, 1, 1), Tensor.ones(1, 1)).item()).isZero();
  }

  @Test
  void weightsOfNoughtLeaveNothingThoughLabelsAreSmoothed() {
    CrossEntropy loss = CrossEntropy.create().withClassWeights(0, 1).withLabelSmoothing(0.1);
    Tensor x = Tensor.of(new float[] {2, -1}, 1, 2);
    assertThat(loss.apply(x, Tensor.of(new float[1], 1)).item()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"box-iou", "giou", "diou", "ciou"})
  void aTargetBoxIsNotInsideOut(String id) {
    Loss loss = Losses.byName(id, Map.of());
    Tensor point = Tensor.of(new float[] {2, 2, 2, 2}, 1, 4);
    Tensor inverted = Tensor.of(new float[] {5, 5, 1, 1}, 1, 4);
    assertThatThrownBy(() -> loss.apply(point, inverted).item())
        .hasMessageContaining(id + ": width of target is -4")
        .hasMessageContaining("must be ≥ 0; boxes are given as x1, y1, x2, y2");
    assertThat(loss.apply(inverted, Tensor.of(new float[] {1, 1, 5, 5}, 1, 4)).item()).isFinite();
  }
}
