package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.GradientCheck;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every loss of the catalogue, over a table of them. */
class LossRulesTests {
  private static final float IGNORED = 255;

  static Stream<Subject> all() {
    return Subject.ALL.stream();
  }

  static Stream<Subject> ignoring() {
    return all().filter(s -> s.takes("ignoreIndex"));
  }

  /** CIoU holds its α constant, so its gradient is not that of its value. */
  static Stream<Subject> differentiable() {
    return all().filter(s -> !s.id().equals("ciou"));
  }

  static Stream<Subject> reducing() {
    return all()
        .filter(s -> s.takes("reduction"))
        .filter(s -> !s.options().containsKey("normalizeWeights"))
        .filter(s -> !s.id().startsWith("dice-") && !s.id().startsWith("log-"));
  }

  /** Every kind of target for a shape. */
  private static List<Scene> scenes(Subject subject, Shape shape) {
    List<Scene> scenes = new ArrayList<>();
    scenes.add(Scene.of(subject, shape, false, shape.hashCode()));
    if (Scene.labels(subject, shape)) {
      scenes.add(Scene.of(subject, shape, true, shape.hashCode()));
    }
    return scenes;
  }

  private static List<Scene> scenes(Subject subject) {
    return subject.shapes().stream().flatMap(shape -> scenes(subject, shape).stream()).toList();
  }

  @Test
  void everyLossOfTheCatalogueTakesPart() {
    assertThat(Subject.ALL.stream().map(Subject::id).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            Losses.descriptions().stream().map(LossDescription::id).toList());
  }

  /** Of what has a reduction; boxes lie along the first axis alone. */
  @ParameterizedTest
  @MethodSource("reducing")
  void entriesSayWhetherThereIsAValueForEachPixel(Subject subject) {
    if (subject.predictions() == Subject.Predictions.BOXES) {
      return;
    }
    Scene scene = Scene.of(subject, subject.shape(), false, 3);
    CatalogueLoss<?> loss = (CatalogueLoss<?>) subject.with("reduction", "none").loss();
    Shape values = loss.apply(scene.prediction(), scene.target()).shape();
    boolean perPixel = values.equals(scene.shape) || values.equals(scene.shape.without(1));
    assertThat(loss.entry().isPerPixel()).as("%s gives %s", subject, values).isEqualTo(perPixel);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isFiniteAndAtLeastZero(Subject subject) {
    for (Scene scene : scenes(subject)) {
      requireSound(scene.plain(), scene);
      requireSound(scene.masked(), scene);
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void hasTheGradientOfFiniteDifferences(Subject subject) {
    for (Scene scene : scenes(subject)) {
      Tensor target = scene.target();
      Tensor mask = scene.mask();
      Loss loss = subject.loss();
      for (GradientCheck check :
          List.of(
              GradientCheck.of(a -> loss.apply(a.get(0), target)),
              GradientCheck.of(a -> loss.apply(a.get(0), target, mask)))) {
        // So short a step that no two of the random numbers change places in a sort or a window.
        check.withStep(2e-7).withTolerance(1e-6).first(scene.prediction());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMaskOfOnesIsNoMask(Subject subject) {
    for (Scene scene : scenes(subject)) {
      Arrays.fill(scene.mask, 1);
      requireSame(scene.masked(), scene.plain(), scene);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aScaledMaskLeavesTheMeanAlone(Subject subject) {
    if (subject.predictions() == Subject.Predictions.BOXES || subject.is(Subject.Trait.SPATIAL)) {
      return; // smoothing does not scale with the weights
    }
    if (Boolean.TRUE.equals(subject.options().get("normalized"))) {
      return; // its divisor is a sum
    }
    Scene scene = scenes(subject, subject.shape()).get(0);
    ValueAndGradient before = scene.masked();
    for (int i = 0; i < scene.mask.length; i++) {
      scene.mask[i] *= 4;
    }
    requireSame(scene.masked(), before, scene);
  }

  @ParameterizedTest
  @MethodSource("ignoring")
  void nothingValidIsZeroWithoutAGradient(Subject subject) {
    for (Scene scene : scenes(subject)) {
      Arrays.fill(scene.target, IGNORED);
      Arrays.fill(scene.prediction, Float.NaN);
      requireZero(scene.with("ignoreIndex", 255, null), scene);
      requireZero(scene.with("ignoreIndex", 255, scene.mask()), scene);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMaskOfZerosIsZeroWithoutAGradient(Subject subject) {
    for (Scene scene : scenes(subject)) {
      Arrays.fill(scene.mask, 0);
      Arrays.fill(scene.prediction, Float.NaN);
      Arrays.fill(scene.target, Float.NaN);
      requireZero(scene.masked(), scene);
    }
  }

  @ParameterizedTest
  @MethodSource("ignoring")
  void ignoringAPixelIsMaskingIt(Subject subject) {
    for (Scene scene : scenes(subject)) {
      for (int pixel = 0; pixel < scene.pixels(); pixel++) {
        scene.mask[pixel] = pixel % 3 == 0 ? 0 : 1;
      }
      ValueAndGradient masked = scene.masked();
      for (int pixel = 0; pixel < scene.pixels(); pixel += 3) {
        scene.target[scene.targetsOf(pixel)[0]] = IGNORED;
        for (int at : scene.channelsOf(pixel)) {
          scene.prediction[at] = Float.NaN;
        }
      }
      requireSame(scene.with("ignoreIndex", 255, null), masked, scene);
      for (int at : scene.channelsOf(0)) {
        assertThat(masked.gradient().toArray()[at]).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theOrderOfSamplesDoesNotMatter(Subject subject) {
    for (Scene scene : scenes(subject, subject.shape())) {
      Loss loss = subject.loss();
      Tensor reversed =
          loss.apply(scene.prediction().flip(0), scene.target().flip(0), scene.mask().flip(0));
      assertThat(reversed.item()).isCloseTo(scene.masked().value().item(), within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theOrderOfPixelsDoesNotMatter(Subject subject) {
    if (subject.predictions() == Subject.Predictions.BOXES
        || subject.is(Subject.Trait.NEIGHBOURS)) {
      return;
    }
    for (Scene scene : scenes(subject, subject.shape())) {
      Tensor turned =
          subject
              .loss()
              .apply(scene.prediction().flip(-2), scene.target().flip(-2), scene.mask().flip(-2));
      assertThat(turned.item()).isCloseTo(scene.masked().value().item(), within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theOrderOfClassesDoesNotMatter(Subject subject) {
    if (subject.predictions() == Subject.Predictions.BOXES || subject.is(Subject.Trait.ORDERED)) {
      return;
    }
    for (Scene scene : scenes(subject, subject.shape())) {
      boolean labels = !scene.targetShape.equals(scene.shape);
      Tensor target =
          labels
              ? scene.target().unaryMinus().plus(scene.shape.get(1) - 1)
              : scene.target().flip(1);
      Tensor turned = subject.loss().apply(scene.prediction().flip(1), target, scene.mask());
      assertThat(turned.item()).isCloseTo(scene.masked().value().item(), within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void extremePredictionsStayFinite(Subject subject) {
    float[] extremes =
        switch (subject.predictions()) {
          case LOGITS -> new float[] {1e4f, -1e4f, 0, 40, -40, 1e4f};
          case PROBABILITIES -> new float[] {0, 1, 1, 0, 0.5f};
          case LOG_PROBABILITIES -> new float[] {0, -1e4f, -30};
          case NUMBERS -> new float[] {1e4f, -1e4f, 0};
          case BOXES -> new float[] {1, 1, 1, 1, 0, 0, 2, 0, 3, 3, 2, 2};
        };
    for (Scene scene : scenes(subject)) {
      for (int i = 0; i < scene.prediction.length; i++) {
        scene.prediction[i] = extremes[i % extremes.length];
      }
      requireSound(scene.plain(), scene);
      requireSound(scene.masked(), scene);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void emptyFullAndMatchingTargetsStayFinite(Subject subject) {
    if (subject.predictions() == Subject.Predictions.BOXES) {
      return;
    }
    for (Scene scene : scenes(subject)) {
      for (float everywhere : new float[] {0, 1}) {
        if (scene.targetShape.equals(scene.shape) || everywhere < scene.shape.get(1)) {
          Arrays.fill(scene.target, everywhere);
          requireSound(scene.plain(), scene);
          requireSound(scene.masked(), scene);
        }
      }
      if (scene.targetShape.equals(scene.shape)
          && subject.predictions() == Subject.Predictions.PROBABILITIES) {
        System.arraycopy(scene.prediction, 0, scene.target, 0, scene.target.length);
        requireSound(scene.plain(), scene);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aPredictionThatIsNaNGivesNaN(Subject subject) {
    for (Scene scene : scenes(subject, subject.shape())) {
      Arrays.fill(scene.prediction, Float.NaN);
      assertThat(scene.plain().value().item()).as("%s", subject).isNaN();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aTargetThatIsNaNIsAnError(Subject subject) {
    for (Scene scene : scenes(subject, subject.shape())) {
      scene.target[1] = Float.NaN;
      assertThatThrownBy(scene::plain)
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("target")
          .hasMessageContaining("NaN");
      assertThatThrownBy(scene::masked).isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMaskBelowZeroIsAnError(Subject subject) {
    Scene scene = scenes(subject, subject.shape()).get(0);
    scene.mask[2] = -1;
    assertThatThrownBy(scene::masked)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mask")
        .hasMessageContaining("-1");
  }

  @ParameterizedTest
  @MethodSource("all")
  void shapesThatDoNotGoTogetherAreAnError(Subject subject) {
    Scene scene = scenes(subject, subject.shape()).get(0);
    Loss loss = subject.loss();
    Tensor cut = scene.prediction().slice(0, 0, 2);
    assertThatThrownBy(() -> loss.apply(cut, scene.target()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining(cut.shape().toString())
        .hasMessageContaining(scene.target().shape().toString());
    assertThatThrownBy(() -> loss.apply(scene.prediction(), scene.target(), cut))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("mask");
  }

  @ParameterizedTest
  @MethodSource("reducing")
  void reductionsAreConsistent(Subject subject) {
    for (Scene scene : scenes(subject)) {
      ValueAndGradient each = scene.with("reduction", "none", scene.mask());
      ValueAndGradient sum = scene.with("reduction", "sum", scene.mask());
      double total = 0;
      for (float value : each.value().toArray()) {
        total += value;
      }
      assertThat((double) sum.value().item())
          .as("%s", subject)
          .isCloseTo(total, within(1e-5 * Math.max(1, Math.abs(total))));
      assertClose(each.gradient(), sum.gradient(), subject + " gradient");
    }
  }

  @Test
  void aSumsMaskIsThatOfItsParts() {
    Subject dice = Subject.ALL.get(0).with();
    Scene scene =
        Scene.of(
            new Subject("dice-ce", Map.of(), Subject.Predictions.LOGITS, dice.traits()),
            Shape.of(2, 3, 4, 5),
            true,
            3);
    Tensor one = Dice.softmax().apply(scene.prediction(), scene.target(), scene.mask());
    Tensor other = CrossEntropy.create().apply(scene.prediction(), scene.target(), scene.mask());
    assertThat(scene.masked().value().item()).isCloseTo(one.item() + other.item(), within(1e-6f));
  }

  private static void requireSound(ValueAndGradient got, Scene scene) {
    for (float value : got.value().toArray()) {
      assertThat(value).as("value of %s at %s", scene.subject, scene.shape).isFinite();
      assertThat(value)
          .as("value of %s at %s", scene.subject, scene.shape)
          .isGreaterThanOrEqualTo(scene.subject.isSigned() ? Float.NEGATIVE_INFINITY : 0);
    }
    for (float slope : got.gradient().toArray()) {
      assertThat(slope).as("gradient of %s at %s", scene.subject, scene.shape).isFinite();
    }
  }

  private static void requireZero(ValueAndGradient got, Scene scene) {
    assertThat(got.value().toArray()).as("%s at %s", scene.subject, scene.shape).containsOnly(0f);
    for (float slope : got.gradient().toArray()) {
      assertThat(slope).as("gradient of %s at %s", scene.subject, scene.shape).isZero();
    }
  }

  private static void requireSame(ValueAndGradient got, ValueAndGradient want, Scene scene) {
    assertClose(got.value(), want.value(), "value of " + scene.subject + " at " + scene.shape);
    assertClose(
        got.gradient(), want.gradient(), "gradient of " + scene.subject + " at " + scene.shape);
  }

  private static void assertClose(Tensor got, Tensor want, String what) {
    float[] have = got.toArray();
    float[] must = want.toArray();
    assertThat(have).as(what).hasSameSizeAs(must);
    for (int i = 0; i < have.length; i++) {
      assertThat(have[i])
          .as("%s, element %s", what, i)
          .isCloseTo(must[i], within(1e-5f * Math.max(1, Math.abs(must[i]))));
    }
  }
}
