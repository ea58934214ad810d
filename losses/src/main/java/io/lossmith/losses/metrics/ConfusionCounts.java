package io.lossmith.losses.metrics;

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
  /** No pixels yet. */
  public static final ConfusionCounts NONE = new ConfusionCounts(0, 0, 0, 0);

  /** Counts masks of one class: positive is what is not 0. */
  public static ConfusionCounts ofMasks(float[] mask, float[] target) {
    requireSameLength(mask, target);
    long[] counts = new long[4];
    for (int i = 0; i < mask.length; i++) {
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

  /** Returns 2·TP/(2·TP + FP + FN); 1 where neither prediction nor target holds the class. */
  public double dice() {
    return share(2 * truePositives, falsePositives + falseNegatives);
  }

  /** Returns TP/(TP + FP + FN); 1 where neither prediction nor target holds the class. */
  public double intersectionOverUnion() {
    return share(truePositives, falsePositives + falseNegatives);
  }

  /** Returns TP/(TP + FP): how much of what was said is so; 1 where nothing was said. */
  public double precision() {
    return share(truePositives, falsePositives);
  }

  /** Returns TP/(TP + FN): how much of what is so was said; 1 where nothing is. */
  public double recall() {
    return share(truePositives, falseNegatives);
  }

  /** Returns how many of all pixels are right; 1 where there are none. */
  public double accuracy() {
    return share(truePositives + trueNegatives, falsePositives + falseNegatives);
  }

  private static double share(long part, long rest) {
    return part + rest == 0 ? 1 : (double) part / (part + rest);
  }
}
