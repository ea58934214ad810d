package io.lossmith.app.loss;

import io.lossmith.app.data.ClassCounts;
import io.lossmith.app.io.BadInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** How weights of classes follow from how often the classes occur: rare ones weigh more. */
public enum ClassWeighting {
  /** N / (K·n_c) for K classes, N pixels in all and n_c of the class; equal counts give 1. */
  INVERSE,

  /**
   * median(f) / f_c, where f_c is n_c divided by the pixels of all masks that hold the class:
   * median frequency balancing, D. Eigen and R. Fergus, "Predicting Depth, Surface Normals and
   * Semantic Labels with a Common Multi-Scale Convolutional Architecture", ICCV 2015.
   */
  MEDIAN;

  private static final String OPTION = "classWeights";

  /**
   * Returns a weight for each class; 1 for a class that losses ignore.
   *
   * @throws BadInput if a class never occurs
   */
  public List<Double> weights(ClassCounts counts, Set<Integer> ignored) {
    int[] seen =
        IntStream.range(0, counts.pixels().length).filter(c -> !ignored.contains(c)).toArray();
    for (int label : seen) {
      if (counts.pixels()[label] == 0) {
        throw new BadInput(
            "train: --class-weights is "
                + this
                + ", but class "
                + label
                + " is in no mask to train on; give fewer --classes, or classWeights in each --loss.");
      }
    }
    Double[] weights = new Double[counts.pixels().length];
    Arrays.fill(weights, 1.0);
    double all = Arrays.stream(counts.pixels()).sum();
    double median = median(Arrays.stream(seen).mapToDouble(c -> frequency(counts, c)).toArray());
    for (int c : seen) {
      weights[c] =
          this == INVERSE
              ? all / (seen.length * (double) counts.pixels()[c])
              : median / frequency(counts, c);
    }
    return List.of(weights);
  }

  private static double frequency(ClassCounts counts, int label) {
    return (double) counts.pixels()[label] / counts.around()[label];
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * Gives the weights to each loss that takes {@code classWeights} and has none.
   *
   * @throws BadInput if there is no such loss
   */
  public List<LossSpec> fill(List<LossSpec> specs, List<Double> weights) {
    List<LossSpec> filled =
        specs.stream().map(spec -> MissingOption.fill(spec, OPTION, weights)).toList();
    if (filled.equals(specs)) {
      throw new BadInput(
          "train: --class-weights is "
              + this
              + ", but no --loss takes classWeights or all have their own; give one that does,"
              + " such as cross-entropy or dice.");
    }
    return filled;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
