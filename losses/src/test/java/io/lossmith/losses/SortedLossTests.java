package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lovász losses and top-k against numbers worked out by hand. */
class SortedLossTests {
  private static Tensor row(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, 1, 1, floats.length);
  }

  /** Errors 3, 2, 1 with t = 0, 1, 0: J = ½, 1, 1, so the weights are ½, ½, 0. */
  @Test
  void theHingeWeighsErrorsByTheStepsOfJaccard() {
    ValueAndGradient got = LovaszHinge.create().valueAndGradient(row(2, -1, 0), row(0, 1, 0));
    assertThat(got.value().item()).isEqualTo(2.5f);
    assertThat(got.gradient().toArray()).containsExactly(0.5f, -0.5f, 0);
  }

  @Test
  void anEmptyTargetCostsTheGreatestError() {
    ValueAndGradient got = LovaszHinge.create().valueAndGradient(row(2, -3, 4), row(0, 0, 0));
    assertThat(got.value().item()).isEqualTo(5);
    assertThat(got.gradient().toArray()).containsExactly(0, 0, 1);
  }

  @Test
  void aWeightOfTwoIsAPixelTwice() {
    Tensor mask = Tensor.of(new float[] {1, 2, 1, 0}, 1, 4);
    float twice = LovaszHinge.create().apply(row(0.5, -0.25, 1.5, 9), row(1, 0, 0, 0), mask).item();
    float plain = LovaszHinge.create().apply(row(0.5, -0.25, -0.25, 1.5), row(1, 0, 0, 0)).item();
    assertThat(twice).isCloseTo(plain, within(1e-6f));
  }

  @Test
  void aListOfClassesMustBeOne() {
    LovaszSoftmax loss = LovaszSoftmax.create();
    Tensor x = Tensor.zeros(1, 3, 2);
    Tensor labels = Tensor.labels(new int[] {0, 2}, 1, 2);
    assertThatThrownBy(() -> loss.withClasses(0, 3).apply(x, labels))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "lovasz-softmax: classes is [0, 3], must be classes of the prediction [1, 3, 2], 0 to"
                + " 2");
    assertThatThrownBy(() -> loss.withClasses(1, 1))
        .hasMessage(
            "lovasz-softmax: classes is [1, 1], must be a list of classes, each given once");
    assertThatThrownBy(() -> Losses.byName("lovasz-softmax", Map.of("classes", "some")))
        .hasMessage("lovasz-softmax: classes is \"some\", must be one of present, all");
    assertThat(loss.withClasses(1))
        .isEqualTo(Losses.byName("lovasz-softmax", Map.of("classes", List.of(1))));
  }

  @Test
  void tiesAreTakenFromTheFront() {
    TopK loss = TopK.of(MeanAbsoluteError.create()).withFraction(0.5);
    ValueAndGradient got = loss.valueAndGradient(row(1, 3, 1, 1), row(0, 0, 0, 0));
    assertThat(got.value().item()).isEqualTo(2);
    assertThat(got.gradient().toArray()).containsExactly(0.5f, 0.5f, 0, 0);
  }

  @Test
  void aFractionCountsWhatIsValid() {
    TopK loss = TopK.of(MeanAbsoluteError.create().withIgnoreIndex(255)).withFraction(0.67);
    ValueAndGradient got = loss.valueAndGradient(row(9, 4, 1, 2), row(255, 0, 0, 0));
    assertThat(got.value().item()).isEqualTo(3);
    assertThat(got.gradient().toArray()).containsExactly(0, 0.5f, 0, 0.5f);
  }

  @Test
  void aLossOfOnesOwnMayGiveThePixels() {
    TopK loss = TopK.of((p, t) -> p.minus(t).square()).withFraction(0.25);
    assertThat(loss.apply(row(1, 3, -4, 2), row(0, 0, 0, 0)).item()).isEqualTo(16);
    assertThatThrownBy(() -> TopK.of((p, t) -> p.sum()).apply(row(1, 2), row(0, 0)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "top-k: the loss within gives [] for a prediction [1, 1, 2], must give a value for each"
                + " pixel or element, [1, 2] or [1, 1, 2]; take a pixel loss");
    assertThatThrownBy(() -> TopK.of(Dice.sigmoid()))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "top-k: loss is dice(activation=sigmoid), must be one with a value for each pixel, such"
                + " as cross-entropy");
  }

  @Test
  void distancesMustBeASquare() {
    assertThatThrownBy(
            () -> Losses.byName("wasserstein-dice", Map.of("distances", List.of(List.of(0, 1)))))
        .hasMessage(
            "wasserstein-dice: distances is [[0, 1]], must be a list of as many lists of as many"
                + " numbers ≥ 0 each, not all of them 0");
    WassersteinDice loss = WassersteinDice.create().withDistances(new double[][] {{0, 2}, {1, 0}});
    Tensor labels = Tensor.labels(new int[] {0, 2}, 1, 2);
    assertThatThrownBy(() -> loss.apply(Tensor.zeros(1, 3, 2), labels))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "wasserstein-dice: distances has 2 rows, must have one for each of the 3 channels of"
                + " the prediction [1, 3, 2]");
  }
}
