package io.lossmith.app.loss;

import io.lossmith.losses.LossDescription;
import io.lossmith.losses.Losses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives an option to each loss that takes it and has none, losses within losses included. */
final class MissingOption {
  private final String option;
  private final Object value;
  private final boolean replaces;

  private MissingOption(String option, Object value, boolean replaces) {
    this.option = option;
    this.value = value;
    this.replaces = replaces;
  }

  /** Returns the loss with the option filled in. */
  static LossSpec fill(LossSpec spec, String option, Object value) {
    return new MissingOption(option, value, false).in(spec);
  }

  /** Returns the loss with the option set, whether or not it was given. */
  static LossSpec set(LossSpec spec, String option, Object value) {
    return new MissingOption(option, value, true).in(spec);
  }

  private LossSpec in(LossSpec spec) {
    return new LossSpec(spec.name(), spec.weight(), filled(spec.name(), spec.options()));
  }

  private Map<String, Object> filled(String name, Map<String, Object> options) {
    Map<String, Object> filled = new LinkedHashMap<>(options);
    if (takes(name, option)) {
      if (replaces || !filled.containsKey(option)) {
        filled.put(option, value);
      }
    } else { // what takes one itself applies it once for all losses within
      filled.computeIfPresent("loss", (key, inner) -> filledInner(inner));
      filled.computeIfPresent(
          "parts",
          (key, parts) ->
              parts instanceof List<?> list
                  ? list.stream().map(part -> filledInner(part)).toList()
                  : parts);
    }
    return filled;
  }

  @SuppressWarnings("unchecked")
  private Object filledInner(Object inner) {
    if (!(inner instanceof Map<?, ?> given) || !(given.get("loss") instanceof String name)) {
      return inner; // the catalogue says what is wrong with it
    }
    Object options = given.containsKey("options") ? given.get("options") : Map.of();
    if (!(options instanceof Map<?, ?>)) {
      return inner;
    }
    Map<String, Object> changed = filled(name, (Map<String, Object>) options);
    if (changed.equals(options)) {
      return inner;
    }
    Map<String, Object> with = new LinkedHashMap<>((Map<String, Object>) given);
    with.put("options", changed);
    return with;
  }

  private static boolean takes(String name, String option) {
    return Losses.descriptions().stream()
        .filter(loss -> loss.id().equals(name))
        .flatMap(loss -> loss.options().stream())
        .map(LossDescription.OptionDescription::name)
        .anyMatch(option::equals);
  }
}
