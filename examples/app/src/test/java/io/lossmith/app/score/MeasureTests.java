package io.lossmith.app.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.app.data.Mask;
import io.lossmith.losses.metrics.ConfusionCounts;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasureTests {
  private static final int VOID = 255;

  private static ConfusionTable table(ScoredClasses scored, int[] predicted, int... truth) {
    return scored.table(bytes(predicted), new Mask(truth.length, 1, bytes(truth)));
  }

  private static byte[] bytes(int[] labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return bytes;
  }

  private static int[] said(int... labels) {
    return labels;
  }

  @Test
  void pixelsArePooledBeforeDividing() {
    ScoredClasses scored = ScoredClasses.of(1, Set.of());
    ConfusionTable both =
        table(scored, said(1, 1, 1, 0), 1, 0, 1, 1) // 2 hits, 3 and 3
            .plus(table(scored, said(0, 0, 0, 0), 0, 0, 0, 1)); // 0 hits, 0 and 1
    assertThat(Measure.DICE.of(both)).isCloseTo(2 * 2 / (3.0 + 4), within(1e-12));
    assertThat(Measure.IOU.of(both)).isCloseTo(2 / 5.0, within(1e-12));
    assertThat(Measure.DICE.of(both.pooled())).isEqualTo(Measure.DICE.of(both));
  }

  @Test
  void withClassesTheMeanLeavesOutTheBackground() {
    ConfusionTable counts = table(ScoredClasses.of(3, Set.of()), said(0, 1, 2, 2), 0, 1, 1, 2);
    assertThat(Measure.DICE.of(counts.total(0))).isEqualTo(1);
    assertThat(Measure.DICE.of(counts.total(1))).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(Measure.DICE.of(counts)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(Measure.IOU.of(counts)).isCloseTo(0.5, within(1e-12));
    assertThat(Measure.RECALL.of(counts)).isEqualTo(0.75);
    assertThat(counts.total(1)).isEqualTo(new ConfusionCounts(1, 0, 1, 2));
  }

  @Test
  void aClassThatTheTruthLacksIsInNoMean() {
    ConfusionTable counts = table(ScoredClasses.of(4, Set.of()), said(0, 1, 2, 1), 0, 1, 1, 1);
    for (Measure measure : Measure.values()) {
      assertThat(measure.of(counts)).as("%s", measure).isEqualTo(measure.of(counts.total(1)));
    }
    assertThat(Measure.DICE.of(counts.total(2))).isNaN();
    assertThat(Measure.PRECISION.of(counts.total(2))).isZero(); // what was said is wrong
    assertThat(Measure.PRECISION.of(counts.total(3))).isNaN(); // nothing was said
  }

  @Test
  void nothingToFindSaysNothing() {
    ConfusionTable counts = table(ScoredClasses.of(1, Set.of()), said(0, 0), 0, 0);
    assertThat(Measure.DICE.of(counts)).isNaN();
    assertThat(Measure.text(Measure.DICE.of(counts), 4)).isEqualTo("-");
    assertThat(Measure.text(0.5, 4)).isEqualTo("0.5000");
  }

  @Test
  void pixelsBeyondTheClassesAreNotCounted() {
    ConfusionTable counts = table(ScoredClasses.of(2, Set.of(VOID)), said(1, 1, 0), 1, VOID, VOID);
    assertThat(Measure.DICE.of(counts)).isEqualTo(1);
    assertThat(Measure.ACCURACY.of(counts.total(0))).isEqualTo(1);
  }

  @Test
  void pixelsOfAnIgnoredClassAreNotCounted() {
    ScoredClasses scored = ScoredClasses.of(3, Set.of(2));
    ConfusionTable counts = table(scored, said(1, 1, 2, 0), 1, 2, 2, 0);
    assertThat(Measure.DICE.of(counts)).isEqualTo(1);
    assertThat(scored.counts(2)).isFalse();
    assertThat(scored.counts(1)).isTrue();
  }
}
