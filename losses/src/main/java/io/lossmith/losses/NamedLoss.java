package io.lossmith.losses;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loss within the options of another: {@code {loss: dice, options: {...}}}. */
final class NamedLoss {
  private static final String FORM = "{loss, options}";

  private NamedLoss() {}

  /** Returns the option that holds the loss within a combinator. */
  static Option<Loss> option(String meaning) {
    return Option.of("loss", FORM, null, meaning, (who, given) -> read(who, given, List.of()));
  }

  /**
   * Returns the loss within a combinator.
   *
   * @throws IllegalArgumentException if it is unset
   */
  static Loss of(Settings settings) {
    Object given = settings.get("loss");
    if (given == null) {
      throw new IllegalArgumentException(
          settings.id() + ": loss is unset, must be " + FORM + " with an id and a map");
    }
    return (Loss) given;
  }

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
    throw Words.mustBe(who, given, FORM + " with an id and a map");
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
