package io.lossmith.losses;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loss within the options of another: {@code {loss: dice, options: {...}}}. */
final class NamedLoss {
  private NamedLoss() {}

  /** Reads one; {@code more} are keys that may stand beside those two. */
  static Loss read(String who, Object given, List<String> more) {
    if (given instanceof Loss) {
      return (Loss) given;
    }
    if (given instanceof Map && ((Map<?, ?>) given).get("loss") instanceof String) {
      Map<?, ?> map = (Map<?, ?>) given;
      requireKnown(who, map, more);
      Object options = map.get("options");
      if (options == null || options instanceof Map) {
        return Losses.byName((String) map.get("loss"), options(options));
      }
    }
    throw Words.mustBe(who, given, "{loss, options} with an id and a map");
  }

  private static void requireKnown(String who, Map<?, ?> map, List<String> more) {
    Set<String> known = new LinkedHashSet<>(List.of("loss", "options"));
    known.addAll(more);
    for (Object key : map.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            who + ": there is no key " + key + ", must be one of " + String.join(", ", known));
      }
    }
  }

  @SuppressWarnings("unchecked") // keys are looked up as words, whatever they are
  private static Map<String, Object> options(@org.jspecify.annotations.Nullable Object options) {
    return options == null ? Map.of() : (Map<String, Object>) options;
  }
}
