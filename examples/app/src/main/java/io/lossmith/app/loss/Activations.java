package io.lossmith.app.loss;

import io.lossmith.app.io.BadInput;
import io.lossmith.losses.Loss;
import io.lossmith.losses.PredictionKind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a network's outputs are taken for. Where a loss has an option {@code activation} and
 * none is given, it gets sigmoid (one class) or softmax, so that the network gives logits; losses
 * within losses are treated alike. Where another loss of the sum takes probabilities, none is
 * filled in, and all do.
 */
public final class Activations {
  private Activations() {}

  /**
   * Returns the losses with their activations filled in.
   *
   * @throws BadInput if they take their prediction for different things
   */
  public static List<LossSpec> fill(List<LossSpec> specs, int classes) {
    String activation = classes == 1 ? "sigmoid" : "softmax";
    List<LossSpec> filled =
        specs.stream().map(spec -> MissingOption.fill(spec, "activation", activation)).toList();
    if (kind(filled) != null) {
      return filled;
    }
    if (kind(specs) != null) {
      return specs;
    }
    throw new BadInput(
        "train: the losses take their prediction for different things: "
            + filled.stream().map(Activations::words).collect(Collectors.joining(", "))
            + "; must be for one; lossmith losses tells what each takes.");
  }

  private static String words(LossSpec spec) {
    PredictionKind kind = spec.build().predictionKind();
    return spec.name() + " for " + (kind == null ? "several" : kind);
  }

  private static @Nullable PredictionKind kind(List<LossSpec> specs) {
    return specs.stream()
        .map(LossSpec::build)
        .reduce(Loss::plus)
        .map(Loss::predictionKind)
        .orElse(null);
  }
}
