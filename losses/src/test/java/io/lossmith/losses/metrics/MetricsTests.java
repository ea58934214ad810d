package io.lossmith.losses.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTests {
  @Test
  void aLogitOfZeroIsTheThreshold() {
    Tensor logits = Tensor.of(new float[] {-1, -1e-6f, 0, 1e-6f, 5}, 5);
    assertThat(Masks.ofLogits(logits).toArray()).containsExactly(0, 0, 1, 1, 1);
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
  void whatIsLeftOutIsInNoMean() {
    Tensor masks = Tensor.of(new float[] {1, 0, 1, 0, 0, 0}, 1, 3, 2);
    Tensor target = Tensor.of(new float[] {1, 1, 0, 0, 0, 0}, 1, 3, 2);
    ConfusionTable table = ConfusionTable.ofMasks(masks, target);
    assertThat(DiceScore.create().of(table)).isCloseTo(2.0 / 3, within(1e-12));
    DiceScore all = DiceScore.create().withSkipEmptyTarget(false);
    assertThat(all.of(table)).isCloseTo((2.0 / 3 + 0 + 1) / 3, within(1e-12));
    assertThat(all.withZeroDivision(Double.NaN).of(table)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(DiceScore.create().withIncludeBackground(false).of(table)).isNaN();
  }

  @Test
  void weighedByHowManyPixelsAClassHas() {
    Tensor labels = Tensor.of(new float[] {0, 0, 0, 1}, 1, 4);
    Tensor target = Tensor.of(new float[] {0, 0, 1, 1}, 1, 4);
    ConfusionTable table = ConfusionTable.ofLabels(labels, target, 2);
    Recall recall = Recall.create().withAverage(Average.WEIGHTED);
    assertThat(recall.of(table)).isEqualTo((2 * 1 + 2 * 0.5) / 4);
    assertThat(recall.withClassWeights(1, 3).of(table)).isEqualTo((1 + 3 * 0.5) / 4);
  }

  @Test
  void noClassIsNeverRight() {
    Tensor labels = Tensor.of(new float[] {2, 0}, 1, 2);
    Tensor target = Tensor.of(new float[] {1, 0}, 1, 2);
    ConfusionTable table = ConfusionTable.ofLabels(labels, target, 2);
    assertThat(table.counts(0, 1)).isEqualTo(new ConfusionCounts(0, 0, 1, 1));
    assertThat(table.counts(0, 0)).isEqualTo(new ConfusionCounts(1, 0, 0, 1));
  }

  @Test
  void pixelsAreCountedWithoutTensors() {
    ConfusionCounter counter = new ConfusionCounter(3);
    int[] said = {0, 1, 2, 2, 3};
    int[] is = {0, 1, 1, 2, 0};
    float[] labels = new float[said.length];
    float[] target = new float[is.length];
    for (int i = 0; i < said.length; i++) {
      counter.count(said[i], is[i]);
      labels[i] = said[i];
      target[i] = is[i];
    }
    ConfusionTable want =
        ConfusionTable.ofLabels(Tensor.of(labels, 1, 5), Tensor.of(target, 1, 5), 3);
    for (int c = 0; c < 3; c++) {
      assertThat(counter.table().total(c)).isEqualTo(want.total(c));
    }
    assertThatThrownBy(() -> new ConfusionCounter(0))
        .hasMessage("confusion table: classes is 0, must be in 1..16777216");
    assertThatThrownBy(() -> counter.count(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void imagesMayBePooled() {
    ConfusionTable one = ConfusionTable.ofCounts(List.of(new ConfusionCounts(1, 2, 3, 4)));
    ConfusionTable two = one.plus(one);
    assertThat(two.images()).isEqualTo(2);
    assertThat(two.pooled().images()).isOne();
    assertThat(two.pooled().counts(0, 0)).isEqualTo(new ConfusionCounts(2, 4, 6, 8));
  }

  @Test
  void batchesArePutUnderEachOther() {
    Tensor one = Tensor.of(new float[] {1, 0}, 1, 1, 2);
    Tensor two = Tensor.of(new float[] {1, 1, 0, 0}, 2, 1, 2);
    ConfusionTable table = ConfusionTable.ofMasks(one, one).plus(ConfusionTable.ofMasks(two, two));
    assertThat(table.images()).isEqualTo(3);
    assertThat(table.total(0)).isEqualTo(new ConfusionCounts(3, 0, 0, 3));
  }

  @Test
  void surfacesAreCountedOnBothSides() {
    Tensor wide = Tensor.of(new float[] {1, 1, 1, 1, 0, 0, 0, 0}, 1, 1, 8);
    Tensor thin = Tensor.of(new float[] {1, 0, 0, 0, 0, 0, 0, 0}, 1, 1, 8);
    HausdorffDistanceMetric hausdorff = HausdorffDistanceMetric.create();
    assertThat(hausdorff.of(wide, thin)).isEqualTo(3);
    assertThat(hausdorff.withSpacing(0.5).of(wide, thin)).isEqualTo(1.5);
    assertThat(hausdorff.withDirected(true).of(thin, wide)).isZero();
    AverageSurfaceDistance average = AverageSurfaceDistance.create();
    assertThat(average.of(wide, thin)).isEqualTo(1.5);
    assertThat(average.withSymmetric(true).of(wide, thin)).isEqualTo(1);
  }

  @Test
  void aMissingSurfaceIsInfinitelyFarUnlessToldOtherwise() {
    Tensor some = Tensor.of(new float[] {1, 0, 0, 0}, 1, 1, 4);
    Tensor none = some.times(0);
    HausdorffDistanceMetric hausdorff = HausdorffDistanceMetric.create();
    assertThat(hausdorff.of(some, none)).isInfinite();
    assertThat(hausdorff.withMissing(9).of(none, some)).isEqualTo(9);
    assertThat(hausdorff.of(none, none)).isNaN();
  }

  @Test
  void badInputIsRefusedInOneLine() {
    Tensor one = Tensor.of(new float[4], 1, 1, 4);
    Tensor other = Tensor.of(new float[4], 1, 2, 2);
    assertThatThrownBy(() -> ConfusionTable.ofMasks(one, other))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "confusion table: masks are [1, 1, 4], target is [1, 2, 2];"
                + " both must have one shape [N, C, spatial...]");
    Tensor three = Tensor.of(new float[] {0, 0, 3, 0}, 1, 4);
    assertThatThrownBy(() -> ConfusionTable.ofLabels(three.times(0), three, 3))
        .hasMessage("confusion table: target is 3 at [0, 2]; must be a class 0..2");
    assertThatThrownBy(() -> HausdorffDistanceMetric.create().withSpacing(1, 2).of(one, one))
        .hasMessage(
            "Hausdorff distance: spacing is [1.0, 2.0], masks are [1, 1, 4];"
                + " must be one number for each of the 1 spatial axes");
    assertThatThrownBy(() -> HausdorffDistanceMetric.create().withPercentile(101))
        .hasMessage("Hausdorff distance: percentile is 101.0, must be within 0..100");
    ConfusionTable table = ConfusionTable.ofMasks(one, one);
    assertThatThrownBy(() -> DiceScore.create().withClassWeights(1, 2).of(table))
        .hasMessage("Dice score: there are 2 class weights, must be 1");
    assertThatThrownBy(() -> DiceScore.create().withIncludeBackground(false).of(table))
        .hasMessage(
            "Dice score: the background is left out, but there is 1 class; must be counted");
    assertThatThrownBy(() -> FBeta.of(0)).hasMessage("F-beta: beta is 0.0, must be a number > 0");
  }

  @Test
  void probabilitiesAreCutAtAHalf() {
    Tensor p = Tensor.of(new float[] {0.1f, 0.1f, 0.9f, 0.5f}, 4);
    assertThat(Masks.ofProbabilities(p).toArray()).containsExactly(0, 0, 1, 1);
    assertThatThrownBy(() -> Masks.ofProbabilities(p.times(3)).toArray())
        .hasMessageContaining("masks: probabilities")
        .hasMessageContaining("must be within 0..1; for logits use Masks.ofLogits");
    assertThatThrownBy(() -> Masks.ofLogits(p.div(0).minus(p.div(0))).toArray())
        .hasMessageContaining("masks: logits is NaN at [0]");
  }

  @Test
  void whatIsNoMaskIsNotCounted() {
    Tensor target = Tensor.of(new float[] {0, 0, 1, 1}, 1, 1, 4);
    Tensor p = Tensor.of(new float[] {0.1f, 0.1f, 0.9f, 0.9f}, 1, 1, 4);
    String must =
        ", must be 0 or 1; make masks of predictions by Masks.ofLogits, Masks.ofProbabilities or"
            + " Masks.argmax";
    assertThatThrownBy(() -> ConfusionTable.ofMasks(p, target))
        .hasMessage("confusion table: masks is 0.1 at [0, 0, 0]" + must);
    assertThatThrownBy(() -> ConfusionTable.ofMasks(target, target.times(255)))
        .hasMessage("confusion table: target is 255.0 at [0, 0, 2]" + must);
    assertThatThrownBy(() -> HausdorffDistanceMetric.create().of(p, target))
        .hasMessage("Hausdorff distance: masks is 0.1 at [0, 0, 0]" + must);
    assertThatThrownBy(() -> ConfusionCounts.ofMasks(new float[] {Float.NaN}, new float[1]))
        .hasMessage("confusion counts: mask is NaN at [0]" + must);
  }

  @Test
  void bothMustHaveAsManyPixels() {
    assertThatThrownBy(() -> ConfusionCounts.ofMasks(new float[2], new float[3]))
        .hasMessage("confusion counts: prediction has 2 pixels, target 3; must be as many");
  }
}
