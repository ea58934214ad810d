package io.lossmith.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Mask;
import io.lossmith.app.score.ScoredClasses;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurfaceScoresTests {
  @Test
  void outlinesAreSoManyPixelsApart() {
    SurfaceScores scores = new SurfaceScores(ScoredClasses.of(1, Set.of()));
    scores.add(line(2), new Mask(9, 1, line(5)));
    assertThat(scores.hausdorff95()).hasValue(3);
    assertThat(scores.averageDistance()).hasValue(3);
    scores.add(line(4), new Mask(9, 1, line(4)));
    assertThat(scores.averageDistance()).hasValue(1.5);
  }

  @Test
  void classesWithoutAnOutlineAndIgnoredPixelsAreLeftOut() {
    SurfaceScores scores = new SurfaceScores(ScoredClasses.of(3, Set.of()));
    byte[] truth = line(1);
    truth[8] = (byte) 255;
    byte[] predicted = line(1);
    predicted[8] = 1;
    predicted[4] = 2; // nowhere true
    scores.add(predicted, new Mask(9, 1, truth));
    assertThat(scores.hausdorff95()).hasValue(0);
    SurfaceScores nothing = new SurfaceScores(ScoredClasses.of(1, Set.of()));
    nothing.add(new byte[9], new Mask(9, 1, line(3)));
    assertThat(nothing.hausdorff95()).isEmpty();
    assertThat(nothing.averageDistance()).isEmpty();
  }

  /** Returns nine pixels of which one is of class 1. */
  private static byte[] line(int at) {
    byte[] labels = new byte[9];
    labels[at] = 1;
    return labels;
  }
}
