package io.lossmith.app.report;

import io.lossmith.app.score.Measure;
import io.lossmith.app.train.Figure;
import io.lossmith.app.train.History;
import java.util.Locale;

/** The words that both kinds of progress use. */
final class ProgressText {
  private ProgressText() {}

  /** Returns the mean loss of the last steps and the newest score. */
  static String numbers(History history) {
    float[] losses = history.of(Figure.LOSS);
    int window = Math.min(10, losses.length);
    double sum = 0;
    for (int i = losses.length - window; i < losses.length; i++) {
      sum += losses[i];
    }
    String loss = window == 0 ? "" : String.format(Locale.ROOT, "loss %.4f", sum / window);
    if (history.validations().isEmpty()) {
      return loss;
    }
    return loss + "  validation Dice " + Measure.text(history.latest().dice(), 4);
  }

  /** Returns a duration as people read it: 0:07, 12:30, 1:02:03. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d:%02d".formatted(whole / 60, whole % 60)
        : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
  }
}
