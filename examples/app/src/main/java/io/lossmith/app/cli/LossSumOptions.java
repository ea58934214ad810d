package io.lossmith.app.cli;

import io.lossmith.app.loss.Activations;
import io.lossmith.app.loss.ClassWeighting;
import io.lossmith.app.loss.LossSpec;
import io.lossmith.losses.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which losses to learn by. */
final class LossSumOptions {
  @Option(
      names = "--loss",
      paramLabel = "NAME[:WEIGHT][,option=value...]",
      description =
          "A loss; given several times, their sum. Values are JSON. Where a loss takes an activation"
              + " and none is given, it is sigmoid (one class) or softmax; a loss that takes"
              + " probabilities or their logarithms is given them. Default: dice and"
              + " bce-with-logits, or dice and cross-entropy for classes. A loss within a loss is JSON:"
              + " 'top-k,loss={\"loss\":\"bce-with-logits\"}'.")
  private List<String> losses = new ArrayList<>();

  @Mixin private ClassWeightOptions classWeights = new ClassWeightOptions();

  /** Returns the losses to sum, with what follows from the number of classes. */
  List<LossSpec> specs(int classes) {
    List<String> texts =
        losses.isEmpty()
            ? List.of("dice", classes == 1 ? "bce-with-logits" : "cross-entropy")
            : losses;
    return Activations.fill(texts.stream().map(LossSpec::parse).toList(), classes);
  }

  /** Returns how to weigh classes, null for alike; says so if there is no loss to weigh. */
  @Nullable ClassWeighting weighting(List<LossSpec> specs, int classes) {
    ClassWeighting weighting = classWeights.weighting(classes);
    if (weighting != null) {
      weighting.fill(specs, List.of());
    }
    return weighting;
  }

  /** Returns the loss that they add up to. */
  static Loss sum(List<LossSpec> specs) {
    return specs.stream().map(LossSpec::build).reduce(Loss::plus).orElseThrow();
  }

  /** Returns what a legend calls it. */
  static String label(List<LossSpec> specs) {
    return specs.stream().map(LossSpec::label).collect(Collectors.joining(" + "));
  }

  /** Adds what was chosen, as the page in --out shows it. */
  void describe(String label, Map<String, String> settings) {
    settings.put("loss", losses.isEmpty() ? label : String.join(" + ", losses));
    settings.put("class weights", classWeights.toString());
  }
}
