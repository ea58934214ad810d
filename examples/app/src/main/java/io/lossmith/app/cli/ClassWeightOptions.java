package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.loss.ClassWeighting;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How losses weigh classes. */
final class ClassWeightOptions {
  @Option(
      names = "--class-weights",
      paramLabel = "HOW",
      description =
          "Weigh the classes by how rare they are in the masks to train on, in each --loss that"
              + " takes classWeights and has none: inverse (pixels / (K times those of the class))"
              + " or median (median frequency balancing). Default: all weigh the same.")
  private @Nullable String how;

  /**
   * Returns what was chosen, null for equal weights.
   *
   * @throws BadInput if there is no such way, or only one class
   */
  @Nullable ClassWeighting weighting(int classes) {
    if (how == null) {
      return null;
    }
    for (ClassWeighting weighting : ClassWeighting.values()) {
      if (weighting.toString().equals(how)) {
        if (classes == 1) {
          throw new BadInput(
              "train: --class-weights is " + how + ", but there is one class; give --classes.");
        }
        return weighting;
      }
    }
    throw new BadInput("train: --class-weights is \"" + how + "\", must be inverse or median.");
  }

  /** Returns weights as people read them. */
  static String words(List<Double> weights) {
    return weights.stream()
        .map(weight -> String.format(Locale.ROOT, "%.4g", weight))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return how == null ? "none" : how;
  }
}
