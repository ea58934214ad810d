package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.ValueAndGradients;
import io.lossmith.core.ShapeException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeepSupervisionTests {
  private static final CrossEntropy ENTROPY = CrossEntropy.create();

  private final Random random = new Random(4);
  private final List<Tensor> levels = List.of(logits(8, 6), logits(4, 3), logits(2, 2));
  private final Tensor labels = labels(8, 6);

  private Tensor logits(int height, int width) {
    float[] values = new float[2 * 3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, 2, 3, height, width);
  }

  private Tensor labels(int height, int width) {
    int[] values = random.ints(2L * height * width, 0, 3).toArray();
    return Tensor.labels(values, 2, height, width);
  }

  private Tensor resized(Tensor x, int height, int width) {
    return x.unsqueeze(1).resizeNearestExact(height, width).squeeze(1);
  }

  @Test
  void isTheWeightedSumOfItsLevels() {
    float first = ENTROPY.apply(levels.get(0), labels).item();
    float second = ENTROPY.apply(levels.get(1), resized(labels, 4, 3)).item();
    float third = ENTROPY.apply(levels.get(2), resized(labels, 2, 2)).item();
    DeepSupervision loss = DeepSupervision.of(ENTROPY);
    assertClose(loss, first + second / 2 + third / 4);
    assertClose(loss.withWeights(DeepSupervision.Weights.SAME), first + second + third);
    assertClose(loss.withWeights(DeepSupervision.Weights.TWO), first + (second + third) / 2);
    assertClose(loss.withWeights(0, 3, 1), 3 * second + third);
    assertClose(
        loss.withWeights(0, 3, 1).withNormalize(true), (float) (0.75 * second + 0.25 * third));
  }

  private void assertClose(DeepSupervision loss, float want) {
    assertThat(loss.apply(levels, labels).item()).isCloseTo(want, within(1e-5f));
  }

  @Test
  void eachPredictionHasAGradientOfItsOwn() {
    DeepSupervision loss = DeepSupervision.of(ENTROPY);
    ValueAndGradients got = loss.valueAndGradients(levels, labels);
    assertThat(got.gradients()).hasSize(3);
    ValueAndGradient second = ENTROPY.valueAndGradient(levels.get(1), resized(labels, 4, 3));
    Tensor off = got.gradients().get(1).minus(second.gradient().times(0.5)).abs().max();
    assertThat(off.item()).isLessThan(1e-7f);
    assertThat(loss.valueAndGradients(levels, labels).value().item()).isEqualTo(got.value().item());
  }

  @Test
  void aMaskIsResizedToo() {
    Tensor mask = labels.lessThan(1);
    DeepSupervision loss = DeepSupervision.of(ENTROPY).withWeights(0, 1, 0);
    float want = ENTROPY.apply(levels.get(1), resized(labels, 4, 3), resized(mask, 4, 3)).item();
    assertThat(loss.apply(levels, labels, mask).item()).isCloseTo(want, within(1e-6f));
    assertThat(loss.valueAndGradients(levels, labels, mask).value().item())
        .isCloseTo(want, within(1e-6f));
  }

  @Test
  void onePredictionIsTheLossItself() {
    ValueAndGradient got = DeepSupervision.of(ENTROPY).valueAndGradient(levels.get(0), labels);
    assertThat(got.value().item()).isEqualTo(ENTROPY.apply(levels.get(0), labels).item());
  }

  @Test
  void anIgnoreIndexIsHandedOn() {
    Tensor spoilt = Tensor.where(labels.equalTo(2), 255, labels);
    float want = DeepSupervision.of(ENTROPY.withIgnoreIndex(255)).apply(levels, spoilt).item();
    assertThat(DeepSupervision.of(ENTROPY).withIgnoreIndex(255).apply(levels, spoilt).item())
        .isEqualTo(want);
  }

  @Test
  void listsMustFit() {
    DeepSupervision loss = DeepSupervision.of(ENTROPY);
    assertThatThrownBy(() -> loss.apply(List.of(), labels))
        .isInstanceOf(ShapeException.class)
        .hasMessage("deep-supervision: predictions is an empty list, must hold one at least");
    assertThatThrownBy(() -> loss.withWeights(1, 2).apply(levels, labels))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "deep-supervision: weights is [1, 2], must be a number for each prediction, of which"
                + " there are 3");
    assertThatThrownBy(() -> loss.apply(levels, labels.get(0)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("deep-supervision: target is [8, 6], a prediction is [2, 3, 8, 6]");
    assertThatThrownBy(
            () ->
                Losses.byName(
                    "deep-supervision",
                    Map.of("loss", Map.of("loss", "dice"), "weights", "linear")))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("deep-supervision: weights is \"linear\", must be one of exp, same, two");
  }
}
