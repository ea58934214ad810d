package io.lossmith.app.score;

import io.lossmith.app.data.Mask;
import io.lossmith.losses.metrics.ConfusionCounter;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.Set;

/** The classes that scores are of; pixels of other labels, or of ignored ones, do not count. */
public final class ScoredClasses {
  private static final int LABELS = 256;

  private final boolean[] counted = new boolean[LABELS];
  private final int classes;

  private ScoredClasses(int outputs, Set<Integer> ignored) {
    classes = Math.max(2, outputs);
    for (int label = 0; label < LABELS; label++) {
      counted[label] = label < classes && !ignored.contains(label);
    }
  }

  /**
   * Makes them.
   *
   * @param outputs how many classes there are; one means background and foreground
   * @param ignored labels that say of a pixel that nothing is known
   */
  public static ScoredClasses of(int outputs, Set<Integer> ignored) {
    return new ScoredClasses(outputs, ignored);
  }

  /** Returns how many there are, background included. */
  public int classes() {
    return classes;
  }

  /** Returns whether pixels count whose truth is this label. */
  public boolean counts(int label) {
    return counted[label];
  }

  /** Counts a picture: the class predicted for each pixel, an unsigned byte, against the truth. */
  public ConfusionTable table(byte[] predicted, Mask truth) {
    ConfusionCounter counter = new ConfusionCounter(classes);
    for (int pixel = 0; pixel < predicted.length; pixel++) {
      int label = truth.label(pixel);
      if (counted[label]) {
        counter.count(predicted[pixel] & 0xFF, label);
      }
    }
    return counter.table();
  }
}
