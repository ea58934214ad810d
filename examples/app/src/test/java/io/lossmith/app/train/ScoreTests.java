package io.lossmith.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.losses.metrics.ConfusionCounts;
import org.junit.jupiter.api.Test;

class ScoreTests {
  @Test
  void pixelsArePooledBeforeDividing() {
    Score score = new Score(1);
    score.count(new byte[] {1, 1, 1, 0}, new byte[] {1, 0, 1, 1}); // 2 hits, 3 and 3
    score.count(new byte[] {0, 0, 0, 0}, new byte[] {0, 0, 0, 1}); // 0 hits, 0 and 1
    assertThat(score.dice()).isCloseTo(2 * 2 / (3.0 + 4), within(1e-12));
    assertThat(score.iou()).isCloseTo(2 / 5.0, within(1e-12));
  }

  @Test
  void nothingToFindAndNothingFoundIsPerfect() {
    Score score = new Score(1);
    score.count(new byte[9], new byte[9]);
    assertThat(score.dice()).isEqualTo(1);
    assertThat(score.iou()).isEqualTo(1);
  }

  @Test
  void withClassesTheMeanLeavesOutTheBackground() {
    Score score = new Score(3);
    score.count(new byte[] {0, 1, 2, 2}, new byte[] {0, 1, 1, 2});
    assertThat(score.dice(0)).isEqualTo(1);
    assertThat(score.dice(1)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(score.dice(2)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(score.dice()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(score.iou()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void eachClassHasItsConfusion() {
    Score score = new Score(3);
    score.count(new byte[] {0, 1, 2, 2}, new byte[] {0, 1, 1, 2});
    assertThat(score.confusion(1)).isEqualTo(new ConfusionCounts(1, 0, 1, 2));
    assertThat(score.confusion(2)).isEqualTo(new ConfusionCounts(1, 1, 0, 2));
    assertThat(score.foregroundMean(label -> score.confusion(label).recall())).isEqualTo(0.75);
  }

  @Test
  void ignoredPixelsAreNotCounted() {
    Score score = new Score(2);
    score.count(new byte[] {1, 1}, new byte[] {1, (byte) 255});
    assertThat(score.dice()).isEqualTo(1);
  }
}
