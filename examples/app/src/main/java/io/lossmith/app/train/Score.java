package io.lossmith.app.train;

import io.lossmith.losses.metrics.ConfusionCounts;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well predicted classes match the truth, pooled over all pixels counted: hits and sizes are
 * added up before anything is divided. Not thread-safe.
 */
public final class Score {
  private final long[] hits;
  private final long[] predicted;
  private final long[] actual;

  /** Makes an empty score for so many classes; one class means background and foreground. */
  public Score(int classes) {
    int kinds = Math.max(2, classes);
    hits = new long[kinds];
    predicted = new long[kinds];
    actual = new long[kinds];
  }

  /**
   * Makes a score of what was counted before.
   *
   * @param counts for each class how many pixels were found, predicted, and true
   * @throws IllegalArgumentException if these are no such counts
   */
  public static Score of(long[][] counts) {
    Score score = new Score(counts.length);
    if (counts.length < 2) {
      throw new IllegalArgumentException("score: has counts of fewer than two classes.");
    }
    for (int label = 0; label < counts.length; label++) {
      long[] count = counts[label];
      if (count.length != 3 || count[0] < 0 || count[0] > Math.min(count[1], count[2])) {
        throw new IllegalArgumentException("score: its counts contradict each other.");
      }
      score.hits[label] = count[0];
      score.predicted[label] = count[1];
      score.actual[label] = count[2];
    }
    return score;
  }

  /** Returns for each class how many pixels were found, predicted, and true. */
  public long[][] counts() {
    long[][] counts = new long[classes()][];
    for (int label = 0; label < counts.length; label++) {
      counts[label] = new long[] {hits[label], predicted[label], actual[label]};
    }
    return counts;
  }

  /** Counts one pixel; a true class beyond the classes is an ignored pixel. */
  public void count(int predictedClass, int trueClass) {
    if (trueClass >= actual.length) {
      return;
    }
    predicted[predictedClass]++;
    actual[trueClass]++;
    if (predictedClass == trueClass) {
      hits[trueClass]++;
    }
  }

  /** Counts all pixels of a picture. */
  public void count(byte[] predictedClasses, byte[] trueClasses) {
    for (int i = 0; i < trueClasses.length; i++) {
      count(predictedClasses[i] & 0xFF, trueClasses[i] & 0xFF);
    }
  }

  /** Returns how often the class was rightly and wrongly predicted and missed. */
  public ConfusionCounts confusion(int label) {
    long wrong = predicted[label] - hits[label];
    long missed = actual[label] - hits[label];
    long all = Arrays.stream(actual).sum();
    return new ConfusionCounts(hits[label], wrong, missed, all - hits[label] - wrong - missed);
  }

  /** Returns 2·hits / (predicted + true) of a class; 1 where the class is in neither. */
  public double dice(int label) {
    return confusion(label).dice();
  }

  /** Returns hits / (predicted or true) of a class; 1 where the class is in neither. */
  public double iou(int label) {
    return confusion(label).intersectionOverUnion();
  }

  /** Returns the Dice score, the mean over the classes but class 0, the background. */
  public double dice() {
    return foregroundMean(this::dice);
  }

  /** Returns intersection over union, the mean over the classes but class 0, the background. */
  public double iou() {
    return foregroundMean(this::iou);
  }

  /** Returns how many classes there are, background included. */
  public int classes() {
    return hits.length;
  }

  /** Returns the mean of a score over the classes but class 0, the background. */
  public double foregroundMean(IntToDoubleFunction score) {
    return IntStream.range(1, classes()).mapToDouble(score).average().orElse(1);
  }
}
