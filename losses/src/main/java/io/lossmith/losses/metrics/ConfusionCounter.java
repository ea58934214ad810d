package io.lossmith.losses.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts class indices pixel by pixel, each class against the others, for pictures that are no
 * tensors. Pixels that are not to count are not handed over. Not thread-safe.
 */
public final class ConfusionCounter {
  private final long[] hits;
  private final long[] predicted;
  private final long[] actual;
  private long pixels;

  /**
   * Makes a counter of nothing yet.
   *
   * @param classes how many there are, background included
   * @throws IllegalArgumentException if there is none
   */
  public ConfusionCounter(int classes) {
    ConfusionTable.requireClasses(classes);
    hits = new long[classes + 1];
    predicted = new long[classes + 1];
    actual = new long[classes];
  }

  /**
   * Counts a pixel.
   *
   * @param said the predicted class; the number of classes itself is none, and never right
   * @param is the true class
   * @throws IndexOutOfBoundsException if these are no classes
   */
  public void count(int said, int is) {
    actual[is]++;
    predicted[said]++;
    pixels++;
    if (said == is) {
      hits[is]++;
    }
  }

  /** Returns a table of all pixels so far as one image. */
  public ConfusionTable table() {
    return ConfusionTable.ofCounts(counts());
  }

  /** Returns the counts of each class. */
  List<ConfusionCounts> counts() {
    List<ConfusionCounts> counts = new ArrayList<>();
    for (int c = 0; c < actual.length; c++) {
      long wrong = predicted[c] - hits[c];
      long missed = actual[c] - hits[c];
      counts.add(new ConfusionCounts(hits[c], wrong, missed, pixels - hits[c] - wrong - missed));
    }
    return counts;
  }
}
