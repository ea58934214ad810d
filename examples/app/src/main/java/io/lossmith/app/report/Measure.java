package io.lossmith.app.report;

import io.lossmith.app.train.Score;
import io.lossmith.losses.metrics.ConfusionCounts;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is reported of a class after training; 1 where there is nothing to be right about. */
enum Measure {
  DICE("Dice", ConfusionCounts::dice),
  IOU("IoU", ConfusionCounts::intersectionOverUnion),
  PRECISION("precision", ConfusionCounts::precision),
  RECALL("recall", ConfusionCounts::recall),
  SPECIFICITY("specificity", counts -> counts.specificity(1)),
  ACCURACY("accuracy", ConfusionCounts::accuracy);

  /** What people read above it. */
  final String title;

  private final ToDoubleFunction<ConfusionCounts> formula;

  Measure(String title, ToDoubleFunction<ConfusionCounts> formula) {
    this.title = title;
    this.formula = formula;
  }

  /** Returns the name that programs read. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  double of(Score score, int label) {
    return formula.applyAsDouble(score.confusion(label));
  }

  /** Returns the mean over the classes but class 0, the background. */
  double of(Score score) {
    return score.foregroundMean(label -> of(score, label));
  }
}
