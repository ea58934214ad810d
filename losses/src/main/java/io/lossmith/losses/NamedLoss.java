package io.lossmith.losses;

import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.OptionText;
import io.lossmith.losses.kit.Settings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A loss within the options of another: {@code {loss: dice, options: {...}}}. */
final class NamedLoss {
  private static final String LOSS = "loss";
  private static final String OPTIONS = "options";
  private static final String FORM = "{loss, options}";

  private NamedLoss() {}

  /** Returns the option that holds the loss within a combinator. */
  static Option<Loss> option(String meaning) {
    return Option.of(LOSS, FORM, null, meaning, (who, given) -> read(who, given, List.of()));
  }

  /**
   * Returns the loss within a combinator.
   *
   * @throws IllegalArgumentException if it is unset
   */
  static Loss of(Settings settings, Option<Loss> option) {
    Loss given = settings.find(option);
    if (given == null) {
      throw new IllegalArgumentException(
          settings.id()
              + ": loss is unset, must be "
              + FORM
              + " with an id and a map, as in loss={\"loss\":\"bce-with-logits\"}");
    }
    return given;
  }

  /**
   * Reads one, which the catalogue has made: see {@link #made}.
   *
   * @param more keys that may stand beside loss and options
   */
  static Loss read(String who, Object given, List<String> more) {
    if (given instanceof Loss) {
      return (Loss) given;
    }
    if (given instanceof Map<?, ?> map && map.get(LOSS) instanceof Loss loss) {
      requireKnown(who, map, more);
      return loss;
    }
    throw OptionText.mustBe(who, given, FORM + " with an id and a map");
  }

  /**
   * Returns what is given for an option, with the losses in it made: {@code {loss: dice, options:
   * {...}}} becomes {@code {loss: that loss}}, in lists too.
   *
   * @param byName makes a loss of its id and options
   */
  static Object made(Object given, BiFunction<String, Map<String, ?>, Loss> byName) {
    if (given instanceof List<?> list) {
      return list.stream().map(one -> made(one, byName)).toList();
    }
    if (given instanceof Map<?, ?> map
        && map.get(LOSS) instanceof String id
        && (map.get(OPTIONS) == null || map.get(OPTIONS) instanceof Map)) {
      Map<Object, Object> made = new LinkedHashMap<>(map);
      made.remove(OPTIONS);
      made.put(LOSS, byName.apply(id, options(map.get(OPTIONS))));
      return made;
    }
    return given;
  }

  /**
   * Returns options as {@link #made} reads them, so that text can hold them.
   *
   * @throws IllegalArgumentException if a loss in them is not of the catalogue
   */
  static Map<String, Object> written(Settings settings) {
    Map<String, Object> written = new LinkedHashMap<>();
    settings
        .values()
        .forEach((name, value) -> written.put(name, written(settings.id() + ": " + name, value)));
    return written;
  }

  private static Object written(String who, Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(one -> written(who, one)).toList();
    }
    if (value instanceof WeightedSum.Part part) {
      Map<String, Object> map = written(who, part.loss());
      map.put(WeightedSum.FACTOR.name, part.weight());
      return map;
    }
    return value instanceof Loss loss ? written(who, loss) : OptionText.plain(value);
  }

  private static Map<String, Object> written(String who, Loss loss) {
    CatalogueLoss<?> named =
        Parts.ofCatalogue(loss)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        who
                            + " holds "
                            + loss.getClass().getName()
                            + ", which has no name in the catalogue; to write it as text, build it"
                            + " of losses that have one"));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(LOSS, named.id());
    map.put(OPTIONS, named.options());
    return map;
  }

  private static void requireKnown(String who, Map<?, ?> map, List<String> more) {
    Set<String> known = new LinkedHashSet<>(List.of(LOSS, OPTIONS));
    known.addAll(more);
    for (Object key : map.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            who + ": there is no key " + key + ", must be one of " + String.join(", ", known));
      }
    }
  }

  private static Map<String, Object> options(@Nullable Object given) {
    Map<String, Object> options = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach((name, value) -> options.put(String.valueOf(name), value));
    }
    return options;
  }
}
