package io.lossmith.app.score;

import io.lossmith.losses.metrics.Accuracy;
import io.lossmith.losses.metrics.ConfusionCounts;
import io.lossmith.losses.metrics.ConfusionScore;
import io.lossmith.losses.metrics.ConfusionTable;
import io.lossmith.losses.metrics.DiceScore;
import io.lossmith.losses.metrics.IouScore;
import io.lossmith.losses.metrics.Precision;
import io.lossmith.losses.metrics.Recall;
import io.lossmith.losses.metrics.Specificity;
import java.util.List;
import java.util.Locale;

/**
 * What is reported of predicted masks. NaN where it says nothing: Dice and IoU where the truth has
 * no pixel of the class, the others where they are 0/0.
 */
public enum Measure {
  DICE("Dice", DiceScore.create()),
  IOU("IoU", IouScore.create()),
  PRECISION("precision", Precision.create()),
  RECALL("recall", Recall.create()),
  SPECIFICITY("specificity", Specificity.create()),
  ACCURACY("accuracy", Accuracy.create());

  /** Those that a line of text has room for. */
  public static final List<Measure> FIRST_FOUR = List.of(DICE, IOU, PRECISION, RECALL);

  /** What people read above it. */
  public final String title;

  private final ConfusionScore<?> score;
  private final ConfusionScore<?> mean;

  Measure(String title, ConfusionScore<?> score) {
    this.title = title;
    this.score = score.withZeroDivision(Double.NaN);
    this.mean = this.score.withSkipEmptyTarget(true).withIncludeBackground(false);
  }

  /** Returns the name that programs read. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns it for one class. */
  public double of(ConfusionCounts counts) {
    return score.of(counts);
  }

  /**
   * Returns the mean over the classes that the truth has but class 0, the background; all pictures
   * are one heap of pixels.
   */
  public double of(ConfusionTable table) {
    return mean.of(table);
  }

  /** Returns a value as people read it, with {@code -} where it says nothing. */
  public static String text(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
