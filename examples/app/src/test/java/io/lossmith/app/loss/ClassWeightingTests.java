package io.lossmith.app.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.data.ClassCounts;
import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Sample;
import io.lossmith.app.data.SharedSamples;
import io.lossmith.app.io.BadInput;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassWeightingTests {
  private static final int IGNORED = Mask.VOID;

  /** Class 2 is in the second mask alone. */
  private static final List<Sample> SAMPLES =
      List.of(mask(0, 0, 0, 0, 1, 1, 1, 1, IGNORED), mask(0, 0, 0, 0, 0, 1, 1, 2));

  @Test
  void pixelsAreCountedWithoutIgnoredOnes() {
    ClassCounts counts = counts(SAMPLES, 3);
    assertThat(counts.pixels()).containsExactly(9, 6, 1);
    assertThat(counts.around()).containsExactly(16, 16, 8);
  }

  @Test
  void anIgnoredClassIsCountedNowhereAndWeighsOne() {
    Sample first = mask(IGNORED, IGNORED, IGNORED, IGNORED, 1, 1, 1, 1, IGNORED);
    Sample second = mask(IGNORED, IGNORED, IGNORED, IGNORED, IGNORED, 1, 1, 2);
    ClassCounts counts = counts(List.of(first, second), 3);
    assertThat(counts.pixels()).containsExactly(0, 6, 1);
    assertThat(counts.around()).containsExactly(0, 7, 3);
    assertThat(ClassWeighting.INVERSE.weights(counts, Set.of(0)))
        .containsExactly(1.0, 7 / 12.0, 7 / 2.0);
  }

  @Test
  void inverseIsAllPixelsOverClassesTimesThoseOfTheClass() {
    ClassCounts counts = counts(SAMPLES, 3);
    assertThat(ClassWeighting.INVERSE.weights(counts, Set.of()))
        .containsExactly(16 / 27.0, 16 / 18.0, 16 / 3.0);
  }

  @Test
  void medianFrequencyLooksOnlyAtMasksThatHoldTheClass() {
    ClassCounts counts = counts(SAMPLES, 3);
    double median = 6 / 16.0; // of 9/16, 6/16, 1/8
    assertThat(ClassWeighting.MEDIAN.weights(counts, Set.of()))
        .containsExactly(median / (9 / 16.0), 1.0, median / (1 / 8.0));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    ClassCounts counts = counts(List.of(mask(0, 0, 0, 1)), 2);
    assertThat(ClassWeighting.MEDIAN.weights(counts, Set.of()))
        .containsExactly(0.5 / 0.75, 0.5 / 0.25);
  }

  @Test
  void aClassThatNeverOccursIsNamed() {
    ClassCounts counts = counts(SAMPLES, 4);
    assertThatThrownBy(() -> ClassWeighting.MEDIAN.weights(counts, Set.of()))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "train: --class-weights is median, but class 3 is in no mask to train on; give fewer"
                + " --classes, or classWeights in each --loss.");
  }

  @Test
  void weightsGoToLossesThatTakeThemAndHaveNone() {
    List<LossSpec> specs =
        List.of(
            LossSpec.parse("dice"),
            LossSpec.parse("cross-entropy:2,classWeights=[1,1]"),
            LossSpec.parse("sum,parts=[{\"loss\":\"cross-entropy\"}]"));
    List<LossSpec> filled = ClassWeighting.INVERSE.fill(specs, List.of(1.0, 3.0));
    assertThat(filled.get(0).options()).containsEntry("classWeights", List.of(1.0, 3.0));
    assertThat(filled.get(1)).isEqualTo(specs.get(1));
    assertThat(filled.get(2).options())
        .containsEntry(
            "parts",
            List.of(
                Map.of(
                    "loss",
                    "cross-entropy",
                    "options",
                    Map.of("classWeights", List.of(1.0, 3.0)))));
    filled.forEach(LossSpec::build);
  }

  @Test
  void withoutALossThatTakesThemThereIsOneLine() {
    List<LossSpec> own = List.of(LossSpec.parse("dice,classWeights=[1,1]"));
    assertThatThrownBy(() -> ClassWeighting.INVERSE.fill(own, List.of(1.0, 3.0)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("--class-weights is inverse, but no --loss takes classWeights");
  }

  private static Sample mask(int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    Picture picture = new Picture(labels.length, 1, 1, new float[labels.length]);
    return new Sample("s", picture, new Mask(labels.length, 1, bytes));
  }

  private static ClassCounts counts(List<Sample> samples, int classes) {
    return ClassCounts.of(SharedSamples.of(samples).facts(), classes);
  }
}
