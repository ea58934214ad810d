package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue by name, and what it says to mistakes. */
class LossesTests {
  static List<LossDescription> descriptions() {
    return Losses.descriptions();
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void everyOptionHasItsWither(LossDescription loss) {
    if (loss.type() == WeightedSum.class) {
      return; // made by plus and times
    }
    List<String> methods =
        Arrays.stream(loss.type().getMethods()).map(Method::getName).distinct().toList();
    for (LossDescription.OptionDescription option : loss.options()) {
      String wither =
          "with"
              + option.name().substring(0, 1).toUpperCase(Locale.ROOT)
              + option.name().substring(1);
      if (!option.name().equals("loss")) {
        assertThat(methods).as(loss.id()).contains(wither);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void everyDescriptionIsWhole(LossDescription loss) {
    assertThat(loss.meaning()).isNotBlank();
    assertThat(loss.formula()).isNotBlank();
    for (LossDescription.OptionDescription option : loss.options()) {
      assertThat(option.type()).isNotBlank();
      assertThat(option.fallback()).isNotBlank();
      assertThat(option.meaning()).isNotBlank();
    }
  }

  @Test
  void optionsAreThoseOfTheWithers() {
    Map<String, Object> options =
        Map.of(
            "activation",
            "softmax",
            "smooth",
            1,
            "aggregate",
            "batch",
            "classWeights",
            List.of(1, 2));
    assertThat(Losses.byName("dice", options))
        .isEqualTo(
            Dice.softmax().withSmooth(1).withAggregate(Aggregate.BATCH).withClassWeights(1, 2));
  }

  @Test
  void theExactWordWinsOverTheAbbreviation() {
    assertThat(Losses.byName("dice", Map.of("smoothNumerator", 0, "smooth", 1)))
        .isEqualTo(Dice.ofProbabilities().withSmooth(1).withSmoothNumerator(0));
  }

  @Test
  void aReadyMadeSumHandsItsOptionsOn() {
    Loss got = Losses.byName("dice-ce", Map.of("ignoreIndex", 255, "smooth", 1));
    Loss want =
        Dice.softmax()
            .withSmooth(1)
            .withIgnoreIndex(255)
            .plus(CrossEntropy.create().withIgnoreIndex(255));
    assertThat(got.toString()).contains("dice(", "cross-entropy(ignoreIndex=255)");
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 3}, 1, 2, 3);
    Tensor y = Tensor.labels(new int[] {0, 255, 1}, 1, 3);
    assertThat(got.apply(x, y).item()).isEqualTo(want.apply(x, y).item());
  }

  @Test
  void anIgnoreIndexIsHandedToEveryPart() {
    Map<String, Object> part = Map.of("loss", "dice", "options", Map.of("ignoreIndex", 1));
    assertThatThrownBy(
            () -> Losses.byName("sum", Map.of("parts", List.of(part), "ignoreIndex", 255)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("sum: ignoreIndex is 255, that of its part dice is 1; must be one value");
    Loss sum = Losses.byName("sum", Map.of("parts", List.of(part), "ignoreIndex", 1));
    assertThat(sum.toString()).contains("dice(ignoreIndex=1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "dise | smooth | 1 | losses: there is no loss dise; did you mean dice?",
        "dice | smoth | 1 | dice: there is no option smoth; did you mean smooth?",
        "dice | smooth | -1 | dice: smooth is -1, must be ≥ 0",
        "dice | smooth | NaN | dice: smooth is NaN, must be ≥ 0",
        "focal | gamma | -0.5 | focal: gamma is -0.5, must be within 0..100",
        "focal | alpha | 2 | focal: alpha is 2, must be within 0..1",
        "focal | reducedThreshold | 0 | focal: reducedThreshold is 0, must be > 0 and ≤ 1",
        "huber | delta | 0 | huber: delta is 0, must be > 0",
        "context-attention | window | 4 | context-attention: window is 4, must be an odd whole",
        "cross-entropy | labelSmoothing | 1.5 | cross-entropy: labelSmoothing is 1.5, must be within",
        "cross-entropy | ignoreIndex | 1.5 | cross-entropy: ignoreIndex is 1.5, must be a whole number",
      })
  void numbersOutOfRangeAreExplained(String id, String option, double value, String message) {
    assertThatThrownBy(() -> Losses.byName(id, Map.of(option, value)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void valuesOfTheWrongKindAreExplained() {
    requireMessage("dice", "smooth", "much", "dice: smooth is \"much\", must be ≥ 0");
    requireMessage("dice", "squared", 1, "dice: squared is 1, must be true or false");
    requireMessage(
        "dice",
        "aggregate",
        "class",
        "dice: aggregate is \"class\", must be one of sample, batch, all");
    requireMessage(
        "generalized-dice",
        "aggregate",
        "all",
        "generalized-dice: aggregate is \"all\", must be one of sample, batch");
    requireMessage(
        "dice",
        "classWeights",
        List.of(),
        "dice: classWeights is [], must be a list of numbers, not empty");
    requireMessage("dice", "classWeights", List.of(1, -2), "dice: classWeights is -2, must be ≥ 0");
    requireMessage("focal", "gamma", 1e300, "focal: gamma is 1.0E300, must be within 0..100");
    requireMessage("focal", "gamma", -1, "focal: gamma is -1, must be within 0..100");
    requireMessage(
        "focal-tversky", "gamma", 101, "focal-tversky: gamma is 101, must be > 0 and ≤ 100");
    requireMessage(
        "dice", "smooth", 1e39, "dice: smooth is 1.0E39, must be ≥ 0, and at most 3.4e38");
    requireMessage(
        "cl-dice",
        "iterations",
        257,
        "cl-dice: iterations is 257, must be a whole number within 0..256");
    requireMessage(
        "sum",
        "parts",
        List.of(3),
        "sum: parts[0] is 3, must be {loss, options} with an id and a map");
    requireMessage(
        "sum",
        "parts",
        List.of(Map.of("loss", "dice", "weigth", 1)),
        "sum: parts[0]: there is no key weigth, must be one of loss, options, weight");
    requireMessage(
        "dice-ce",
        "weights",
        List.of(1),
        "dice-ce: weights is [1], must be a number for each of the 2 parts");
    assertThatThrownBy(() -> Losses.byName("sum", Map.of()))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("sum: parts is unset, must be a list of {loss, weight, options}, not empty");
    assertThatThrownBy(() -> Losses.byName("multi-scale", Map.of()))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "multi-scale: loss is unset, must be {loss, options} with an id and a map, as in"
                + " loss={\"loss\":\"bce-with-logits\"}");
  }

  private static void requireMessage(String id, String option, Object value, String message) {
    assertThatThrownBy(() -> Losses.byName(id, Map.of(option, value)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void optionsThatDoNotGoTogetherAreExplained() {
    Tensor x = Tensor.ones(1, 2, 2);
    Dice weighed = Dice.softmax().withClassWeights(1, 2);
    requireMessage(
        weighed.withAggregate(Aggregate.ALL),
        x,
        "dice: classWeights is [1.0, 2.0] with aggregate all");
    requireMessage(
        weighed.withNormalizeWeights(true).withReduction(Reduction.SUM),
        x,
        "dice: normalizeWeights is true with reduction sum, must be false there");
    requireMessage(
        weighed.withClassWeights(1, 2, 3),
        x,
        "dice: classWeights has 3 values, must have one for each of the 2 channels");
    requireMessage(
        Dice.ofProbabilities().withIncludeBackground(false),
        Tensor.ones(1, 1, 2),
        "dice: includeBackground is false, but the prediction [1, 1, 2] has 1 channel");
    requireMessage(
        CrossEntropy.create(),
        Tensor.ones(1, 1, 2),
        "cross-entropy: prediction [1, 1, 2] has 1 channel, softmax needs at least 2");
    assertThatThrownBy(() -> MultiScale.of(Dice.softmax()).withActivation(Activation.SOFTMAX))
        .hasMessage(
            "multi-scale: activation of its loss dice is softmax, must be none; give multi-scale"
                + " the activation");
    assertThatThrownBy(
            () ->
                MultiScale.of(BinaryCrossEntropyWithLogits.create())
                    .withActivation(Activation.SIGMOID))
        .hasMessage(
            "multi-scale: activation is sigmoid, must be none, for its loss bce-with-logits takes"
                + " logits");
  }

  private static void requireMessage(Loss loss, Tensor x, String message) {
    assertThatThrownBy(() -> loss.apply(x, x))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shapesAreExplained() {
    requireShapeMessage(
        Dice.sigmoid(),
        Tensor.ones(2, 1, 4, 4),
        Tensor.ones(2, 1, 4, 5),
        "dice: target is [2, 1, 4, 5], prediction is [2, 1, 4, 4]; axis 3 differs (5, 4); the target"
            + " must have the prediction's shape or be [2, 4, 4]");
    requireShapeMessage(
        Dice.sigmoid(),
        Tensor.ones(2, 3, 4),
        Tensor.ones(2, 4),
        "dice: target is [2, 4], prediction is [2, 3, 4]; class indices do not go with this loss");
    requireShapeMessage(
        CrossEntropy.create(),
        Tensor.ones(2, 3, 4),
        Tensor.ones(2, 2, 4),
        "cross-entropy: target is [2, 2, 4], prediction is [2, 3, 4]; axis 1 differs (2, 3); the"
            + " target must have the prediction's shape or hold class indices as [2, 1, 4] or"
            + " [2, 4]");
    requireShapeMessage(
        Dice.sigmoid(),
        Tensor.ones(2, 3),
        Tensor.ones(2, 3),
        "dice: prediction is [2, 3], must be [N, C, spatial...] with 1 to 3 spatial axes");
    requireShapeMessage(
        BoxLoss.iou(),
        Tensor.ones(2, 3),
        Tensor.ones(2, 3),
        "box-iou: prediction is [2, 3], must be [N, 4] as x1, y1, x2, y2");
    requireShapeMessage(
        MultiScale.of(Dice.ofProbabilities()),
        Tensor.ones(1, 1, 2, 8),
        Tensor.ones(1, 1, 2, 8),
        "multi-scale: axis 2 of [1, 1, 2, 8] is shorter than the scale 4");
  }

  private static void requireShapeMessage(Loss loss, Tensor p, Tensor t, String message) {
    assertThatThrownBy(() -> loss.apply(p, t))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void labelsOutOfRangeAreNamedWithTheirPlace() {
    Tensor x = Tensor.ones(1, 3, 2, 2);
    Tensor labels = Tensor.labels(new byte[] {0, 1, (byte) 255, 2}, 1, 2, 2);
    assertThatThrownBy(() -> CrossEntropy.create().apply(x, labels).item())
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cross-entropy: target")
        .hasMessageContaining("255")
        .hasMessageContaining("0 to 2");
    assertThat(CrossEntropy.create().withIgnoreIndex(255).apply(x, labels).item()).isPositive();
    Tensor halves = Tensor.of(new float[] {0, 0.5f, 1, 2}, 1, 2, 2);
    assertThatThrownBy(() -> Dice.softmax().apply(x, halves).item())
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.5");
  }

  @Test
  void bceGivenLogitsExplainsItself() {
    Tensor x = Tensor.of(new float[] {0.5f, 3.25f}, 1, 1, 2);
    assertThatThrownBy(() -> BinaryCrossEntropy.create().apply(x, Tensor.ones(1, 1, 2)).item())
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bce: prediction")
        .hasMessageContaining("3.25")
        .hasMessageContaining("logits were probably meant: use bce-with-logits");
  }
}
