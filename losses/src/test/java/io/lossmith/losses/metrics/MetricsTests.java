package io.lossmith.losses.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class MetricsTests {
  @Test
  void aLogitOfZeroIsTheThreshold() {
    Tensor logits = Tensor.of(new float[] {-1, -1e-6f, 0, 1e-6f, 5, Float.NaN}, 6);
    assertThat(Masks.threshold(logits).toArray()).containsExactly(0, 0, 1, 1, 1, 0);
    Tensor p = logits.sigmoid().greaterOrEqual(0.5);
    assertThat(p.toArray()[2]).isOne();
  }

  @Test
  void theFirstOfTheGreatestChannelsIsTaken() {
    Tensor x = Tensor.of(new float[] {1, 5, 2, 1, 4, 2, 0, 5, 7}, 1, 3, 3);
    Tensor classes = Masks.argmax(x);
    assertThat(classes.shape().toArray()).containsExactly(1, 3);
    assertThat(classes.toArray()).containsExactly(0, 0, 2);
  }

  @Test
  void aPixelThatIsNaNHasNoClass() {
    Tensor x = Tensor.of(new float[] {1, Float.NaN}, 1, 2, 1);
    assertThat(Masks.argmax(x).item()).isEqualTo(2);
  }

  @Test
  void countsAreAddedAndShared() {
    ConfusionCounts one =
        ConfusionCounts.ofMasks(new float[] {1, 1, 0, 0}, new float[] {1, 0, 1, 0});
    assertThat(one).isEqualTo(new ConfusionCounts(1, 1, 1, 1));
    ConfusionCounts both = one.plus(ConfusionCounts.ofMasks(new float[] {1}, new float[] {1}));
    assertThat(both.dice()).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(both.intersectionOverUnion()).isEqualTo(0.5);
    assertThat(both.precision()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(both.recall()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(both.accuracy()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void ignoredPixelsAreNotCounted() {
    ConfusionCounts counts =
        ConfusionCounts.ofLabels(new float[] {2, 2, 1, 0}, new float[] {2, 255, 2, 0}, 2, 255);
    assertThat(counts).isEqualTo(new ConfusionCounts(1, 0, 1, 1));
  }

  @Test
  void nothingToFindAndNothingFoundIsRight() {
    assertThat(ConfusionCounts.NONE.dice()).isOne();
    assertThat(ConfusionCounts.NONE.intersectionOverUnion()).isOne();
  }

  @Test
  void bothMustHaveAsManyPixels() {
    assertThatThrownBy(() -> ConfusionCounts.ofMasks(new float[2], new float[3]))
        .hasMessage("confusion counts: prediction has 2 pixels, target 3; must be as many");
  }
}
