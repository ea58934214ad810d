package io.lossmith.losses.metrics;

import io.lossmith.core.Shape;
import java.util.Objects;

/**
 * How often a prediction of one class was right and wrong, counted over any number of pixels.
 * Counts of batches are added, so that a score is that of all pixels together.
 *
 * @param truePositives said so, and it is
 * @param falsePositives said so, and it is not
 * @param falseNegatives not said, but it is
 * @param trueNegatives not said, and it is not
 */
public record ConfusionCounts(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
  /**
   * Keeps the numbers.
   *
   * @throws IllegalArgumentException if one is below 0
   */
  public ConfusionCounts {
    if (truePositives < 0 || falsePositives < 0 || falseNegatives < 0 || trueNegatives < 0) {
      throw new IllegalArgumentException(
          "confusion counts: true and false positives are "
              + truePositives
              + " and "
              + falsePositives
              + ", false and true negatives "
              + falseNegatives
              + " and "
              + trueNegatives
              + "; all must be 0 or more");
    }
  }

  /** No pixels yet. */
  public static final ConfusionCounts NONE = new ConfusionCounts(0, 0, 0, 0);

  /**
   * Counts masks of one class.
   *
   * @throws IllegalArgumentException if a value is neither 0 nor 1, or the lengths differ
   */
  public static ConfusionCounts ofMasks(float[] mask, float[] target) {
    Objects.requireNonNull(mask, "mask");
    Objects.requireNonNull(target, "target");
    requireSameLength(mask, target);
    ZeroOrOne.of("confusion counts", "mask", mask, Shape.of(mask.length));
    ZeroOrOne.of("confusion counts", "target", target, Shape.of(target.length));
    return ofMasks(mask, target, 0, mask.length);
  }

  /** Counts a stretch of masks of 0 and 1. */
  static ConfusionCounts ofMasks(float[] mask, float[] target, int from, int to) {
    long[] counts = new long[4];
    for (int i = from; i < to; i++) {
      counts[place(mask[i] != 0, target[i] != 0)]++;
    }
    return of(counts);
  }

  /**
   * Counts one class among class indices; pixels whose target is {@code ignoreIndex} are left out.
   */
  public static ConfusionCounts ofLabels(
      float[] labels, float[] target, int wanted, int ignoreIndex) {
    requireSameLength(labels, target);
    long[] counts = new long[4];
    for (int i = 0; i < labels.length; i++) {
      if (target[i] != ignoreIndex) {
        counts[place(labels[i] == wanted, target[i] == wanted)]++;
      }
    }
    return of(counts);
  }

  private static int place(boolean said, boolean is) {
    return said ? (is ? 0 : 1) : is ? 2 : 3;
  }

  private static ConfusionCounts of(long[] counts) {
    return new ConfusionCounts(counts[0], counts[1], counts[2], counts[3]);
  }

  private static void requireSameLength(float[] labels, float[] target) {
    if (labels.length != target.length) {
      throw new IllegalArgumentException(
          "confusion counts: prediction has "
              + labels.length
              + " pixels, target "
              + target.length
              + "; must be as many");
    }
  }

  /** Returns the counts of both. */
  public ConfusionCounts plus(ConfusionCounts other) {
    return new ConfusionCounts(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        trueNegatives + other.trueNegatives);
  }

  /** Returns whether the target has no pixel of the class. */
  public boolean isEmptyTarget() {
    return truePositives + falseNegatives == 0;
  }

  /** Returns 2·TP/(2·TP + FP + FN); 1 where neither prediction nor target holds the class. */
  public double dice() {
    return fBeta(1, 1);
  }

  /**
   * Returns (1 + β²)·TP/((1 + β²)·TP + β²·FN + FP), in which recall counts β times as much as
   * precision.
   *
   * @param beta a number &gt; 0
   * @param zeroDivision what 0/0 is
   * @throws IllegalArgumentException if beta is no such number
   */
  public double fBeta(double beta, double zeroDivision) {
    FBeta.requireBeta(beta);
    double square = beta * beta;
    return share(
        (1 + square) * truePositives, square * falseNegatives + falsePositives, zeroDivision);
  }

  /** Returns TP/(TP + FP + FN); 1 where neither prediction nor target holds the class. */
  public double intersectionOverUnion() {
    return intersectionOverUnion(1);
  }

  /** Returns TP/(TP + FP + FN), with what 0/0 is. */
  public double intersectionOverUnion(double zeroDivision) {
    return share(truePositives, falsePositives + falseNegatives, zeroDivision);
  }

  /** Returns TP/(TP + FP): how much of what was said is so; 1 where nothing was said. */
  public double precision() {
    return precision(1);
  }

  /** Returns TP/(TP + FP), with what 0/0 is. */
  public double precision(double zeroDivision) {
    return share(truePositives, falsePositives, zeroDivision);
  }

  /** Returns TP/(TP + FN): how much of what is so was said; 1 where nothing is. */
  public double recall() {
    return recall(1);
  }

  /** Returns TP/(TP + FN), with what 0/0 is. */
  public double recall(double zeroDivision) {
    return share(truePositives, falseNegatives, zeroDivision);
  }

  /** Returns TN/(TN + FP): how much of what is not so was left unsaid, with what 0/0 is. */
  public double specificity(double zeroDivision) {
    return share(trueNegatives, falsePositives, zeroDivision);
  }

  /** Returns how many of all pixels are right; 1 where there are none. */
  public double accuracy() {
    return accuracy(1);
  }

  /** Returns how many of all pixels are right, with what 0/0 is. */
  public double accuracy(double zeroDivision) {
    return share(truePositives + trueNegatives, falsePositives + falseNegatives, zeroDivision);
  }

  private static double share(double part, double rest, double zeroDivision) {
    return part + rest == 0 ? zeroDivision : part / (part + rest);
  }
}
