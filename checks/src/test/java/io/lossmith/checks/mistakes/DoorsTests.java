package io.lossmith.checks.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.autodiff.Tensor;
import io.lossmith.checks.PublicSurface;
import io.lossmith.losses.BinaryCrossEntropy;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same mistake at every door of a loss gives the same words. */
@DisabledIfSystemProperty(named = "skipKotlin", matches = ".*") // the published files are looked at
class DoorsTests {
  private static final String NAN = "NaN";

  /** Arguments of these types are pictures, masks or labels. */
  private static final Set<String> DATA =
      Set.of("Tensor", "float[]", "FloatBuffer", "List", "Tensor[]");

  /** Takes tensors, and is no way into a loss. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "BorderWeights.of(Tensor)", // labels in, weights out
          "ValueAndGradient(Tensor, Tensor)", // a result
          "UncertaintyWeighted.of(List)", // losses, as are its like
          "LossDescription(String, Class, String, String, String, List)");

  /**
   * A mistake.
   *
   * @param words what is said, {@link #NAN} where that is the value
   */
  private record Mistake(
      String name, Loss loss, Tensor p, Tensor t, @Nullable Tensor m, String words) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Tensor RIGHT = numbers(.1f, .2f, .3f, .4f, .5f, .6f, .9f, .8f);
  private static final Tensor TRUTH = numbers(0, 0, 1, 1, 1, 1, 0, 0);
  private static final Tensor LABELS = labels(0, 1, 1, 0);
  private static final Loss REGIONS = Dice.ofProbabilities();
  private static final Loss PIXELS = BinaryCrossEntropy.create();
  private static final Loss CLASSES = CrossEntropy.create();

  private static List<Mistake> mistakes() {
    float infinite = Float.POSITIVE_INFINITY;
    return List.of(
        of(
            "logits for probabilities of regions",
            REGIONS,
            fifth(RIGHT, -3.5f),
            TRUTH,
            "dice: prediction is -3.5 at [0, 1, 0, 0]; must be within 0..1; logits were probably"),
        of(
            "logits for probabilities of pixels",
            PIXELS,
            fifth(RIGHT, 4),
            TRUTH,
            "bce: prediction is 4 at [0, 1, 0, 0]; must be within 0..1"),
        of(
            "an infinite probability",
            REGIONS,
            fifth(RIGHT, infinite),
            TRUTH,
            "dice: prediction is Infinity at [0, 1, 0, 0]; must be within 0..1"),
        of("a prediction that is no number", REGIONS, fifth(RIGHT, Float.NaN), TRUTH, NAN),
        of("a logit that is no number", CLASSES, fifth(RIGHT, Float.NaN), LABELS, NAN),
        of(
            "a mask of 0 and 255",
            REGIONS,
            RIGHT,
            fifth(TRUTH, 255),
            "dice: target is 255 at [0, 1, 0, 0]; must be within 0..1"),
        of(
            "a target that is no number",
            REGIONS,
            RIGHT,
            fifth(TRUTH, Float.NaN),
            "dice: target is NaN at [0, 1, 0, 0]; must be within 0..1"),
        of(
            "an infinite target",
            REGIONS,
            RIGHT,
            fifth(TRUTH, infinite),
            "dice: target is Infinity at [0, 1, 0, 0]; must be within 0..1"),
        of(
            "a class beyond the last",
            CLASSES,
            RIGHT,
            labels(0, 1, 2, 0),
            "cross-entropy: target is 2 at [0, 0, 1, 0]; must be a whole number from 0 to 1"),
        of(
            "a class below 0",
            REGIONS,
            RIGHT,
            labels(0, 1, -1, 0),
            "dice: target is -1 at [0, 0, 1, 0]; must be a whole number from 0 to 1"),
        of(
            "half a class",
            CLASSES,
            RIGHT,
            labels(0, 1, .5f, 0),
            "cross-entropy: target is 0.5 at [0, 0, 1, 0]; must be a whole number from 0 to 1"),
        of(
            "an unknown pixel that nobody ignores",
            CLASSES,
            RIGHT,
            labels(0, 1, 255, 0),
            "cross-entropy: target is 255 at [0, 0, 1, 0]; must be a whole number from 0 to 1"),
        of(
            "an unknown pixel beside another that is ignored",
            CrossEntropy.create().withIgnoreIndex(255),
            RIGHT,
            labels(0, 255, 254, 0),
            "cross-entropy: target is 254 at [0, 0, 1, 0]; must be a whole number from 0 to 1, or"
                + " 255 to be ignored"),
        of(
            "a target with other sizes",
            REGIONS,
            Tensor.zeros(1, 2, 2, 3),
            Tensor.zeros(1, 2, 3, 2),
            "prediction is [1, 2, 2, 3]; "),
        of(
            "channels at the end",
            REGIONS,
            Tensor.zeros(1, 2, 4, 3),
            Tensor.zeros(1, 4, 3, 2),
            "axis 1 differs (4, 2)"),
        of(
            "another batch",
            REGIONS,
            RIGHT,
            Tensor.zeros(2, 2, 2, 2),
            "dice: target is [2, 2, 2, 2], prediction is [1, 2, 2, 2]; axis 0 differs (2, 1)"),
        of(
            "no channel axis",
            REGIONS,
            Tensor.zeros(2, 2),
            Tensor.zeros(2, 2),
            "must be [N, C, spatial...]"),
        of(
            "nothing",
            REGIONS,
            Tensor.zeros(0, 2, 2, 2),
            Tensor.zeros(0, 2, 2, 2),
            "dice: prediction is [0, 2, 2, 2], must have one element at least"),
        masked("a weight below 0", weights(-1), "mask is -1 at ["),
        masked("a weight that is no number", weights(Float.NaN), "mask is NaN at ["),
        masked("an infinite weight", weights(infinite), "mask is Infinity at ["),
        masked("weights of other sizes", Tensor.ones(1, 1, 2, 3), "is [1, 1, 2, 3]"));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theSameMistakeGivesTheSameWords(Mistake mistake, Door door) {
    String came;
    try {
      float[] values = door.value(mistake.loss, mistake.p, mistake.t, mistake.m);
      came = Arrays.toString(values);
    } catch (IllegalArgumentException | AssertionError e) {
      came = e.getMessage();
    }
    assertThat(came).contains(mistake.words);
    assertThat(came.lines()).hasSize(1);
  }

  @Test
  void whatIsRightIsTakenAtEveryDoor() {
    for (Door door : Door.values()) {
      assertThat(door.value(REGIONS, RIGHT, TRUTH, null)).as(door.name()).doesNotContain(Float.NaN);
      assertThat(door.value(CLASSES, RIGHT, LABELS, Tensor.ones(1, 1, 2, 2)))
          .as(door.name())
          .doesNotContain(Float.NaN);
    }
  }

  @Test
  void everyDoorIsKnown() {
    Set<String> known =
        Stream.concat(
                Arrays.stream(Door.values()).flatMap(door -> door.entries.stream()),
                ELSEWHERE.stream())
            .collect(Collectors.toSet());
    Set<String> found =
        PublicSurface.modules()
            .flatMap(Entry::of)
            .filter(entry -> entry.type().getPackageName().equals(Loss.class.getPackageName()))
            .filter(DoorsTests::takesData)
            .map(Entry::toString)
            .filter(entry -> !known.contains(entry))
            .collect(Collectors.toSet());
    assertThat(found)
        .as(
            "ways into a loss that are no Door: add each as a constant of Door that hands"
                + " prediction, target and mask in, and all mistakes are tried there")
        .isEmpty();
  }

  private static boolean takesData(Entry entry) {
    return Arrays.stream(entry.executable().getParameterTypes())
        .anyMatch(type -> DATA.contains(type.getSimpleName()));
  }

  static Stream<Arguments> cells() {
    return mistakes().stream()
        .flatMap(mistake -> Arrays.stream(Door.values()).map(door -> Arguments.of(mistake, door)));
  }

  private static Mistake of(String name, Loss loss, Tensor p, Tensor t, String words) {
    return new Mistake(name, loss, p, t, null, words);
  }

  private static Mistake masked(String name, Tensor m, String words) {
    return new Mistake(name, REGIONS, RIGHT, TRUTH, m, words);
  }

  private static Tensor numbers(float... values) {
    return Tensor.of(values, 1, 2, 2, 2);
  }

  private static Tensor labels(float... values) {
    return Tensor.of(values, 1, 1, 2, 2);
  }

  private static Tensor fifth(Tensor x, float value) {
    float[] values = x.toArray();
    values[4] = value;
    return numbers(values);
  }

  private static Tensor weights(float value) {
    return labels(1, 1, value, 1);
  }
}
