package io.lossmith.app.loss;

import io.lossmith.losses.LossDescription;
import io.lossmith.losses.Losses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says that a network gives logits: where a loss has an option {@code activation} and none is
 * given, it gets sigmoid (one class) or softmax. Losses within losses are treated alike.
 */
public final class Activations {
  private Activations() {}

  /** Returns the loss with its activation filled in. */
  public static LossSpec fill(LossSpec spec, int classes) {
    String activation = classes == 1 ? "sigmoid" : "softmax";
    return new LossSpec(
        spec.name(), spec.weight(), filled(spec.name(), spec.options(), activation));
  }

  private static Map<String, Object> filled(
      String name, Map<String, Object> options, String activation) {
    Map<String, Object> filled = new LinkedHashMap<>(options);
    if (takesActivation(name)) {
      filled.putIfAbsent("activation", activation);
    } else { // what takes one itself applies it once for all losses within
      filled.computeIfPresent("loss", (key, inner) -> filledInner(inner, activation));
      filled.computeIfPresent(
          "parts",
          (key, parts) ->
              parts instanceof List<?> list
                  ? list.stream().map(part -> filledInner(part, activation)).toList()
                  : parts);
    }
    return filled;
  }

  @SuppressWarnings("unchecked")
  private static Object filledInner(Object inner, String activation) {
    if (!(inner instanceof Map<?, ?> given) || !(given.get("loss") instanceof String name)) {
      return inner; // the catalogue says what is wrong with it
    }
    Object options = given.containsKey("options") ? given.get("options") : Map.of();
    if (!(options instanceof Map<?, ?>)) {
      return inner;
    }
    Map<String, Object> changed = new LinkedHashMap<>((Map<String, Object>) given);
    changed.put("options", filled(name, (Map<String, Object>) options, activation));
    return changed;
  }

  private static boolean takesActivation(String name) {
    return Losses.descriptions().stream()
        .filter(loss -> loss.id().equals(name))
        .flatMap(loss -> loss.options().stream())
        .map(LossDescription.OptionDescription::name)
        .anyMatch("activation"::equals);
  }
}
