package io.lossmith.losses;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of the catalogue: a loss's id, class, meaning, formula and options, and how to make it. */
final class Entry {
  final String id;
  final Class<? extends Loss> type;
  final String meaning;
  final String formula;
  final Map<String, Option<?>> options = new LinkedHashMap<>();
  private final Function<Settings, ? extends CatalogueLoss<?>> maker;

  private Entry(
      String id,
      Class<? extends Loss> type,
      Function<Settings, ? extends CatalogueLoss<?>> maker,
      String meaning,
      String formula) {
    this.id = id;
    this.type = type;
    this.maker = maker;
    this.meaning = meaning;
    this.formula = formula;
  }

  static <L extends CatalogueLoss<?>> Entry of(
      String id, Class<L> type, Function<Settings, L> maker, String meaning, String formula) {
    return new Entry(id, type, maker, meaning, formula);
  }

  /** Adds options; one of the same name replaces an earlier one. */
  Entry taking(List<? extends Option<?>> more) {
    more.forEach(option -> options.put(option.name, option));
    return this;
  }

  Entry taking(Option<?>... more) {
    return taking(List.of(more));
  }

  CatalogueLoss<?> make(Settings settings) {
    return maker.apply(settings);
  }

  /** Returns the loss with options as case files and the command line give them. */
  CatalogueLoss<?> make(Map<String, ?> given) {
    Settings settings = Settings.of(id);
    for (boolean abbreviation : new boolean[] {true, false}) { // the exact word wins over "smooth"
      for (Map.Entry<String, ?> one : given.entrySet()) {
        Option<?> option = option(one.getKey());
        if (one.getValue() != null && option.isAbbreviation() == abbreviation) {
          settings = settings.with(option, one.getValue());
        }
      }
    }
    return make(settings);
  }

  /**
   * Returns the option of this name.
   *
   * @throws IllegalArgumentException if this loss has none; the nearest one is suggested
   */
  Option<?> option(String name) {
    Option<?> option = options.get(name);
    if (option == null) {
      throw new IllegalArgumentException(
          id
              + ": there is no option "
              + name
              + (options.isEmpty()
                  ? ", it takes none"
                  : "; did you mean "
                      + Words.nearest(name, options.keySet())
                      + "? It takes "
                      + String.join(", ", options.keySet())));
    }
    return option;
  }

  /** Returns what holds under an option's name: what was given, or else this loss's fallback. */
  @Nullable Object value(Settings settings, String name) {
    Object given = settings.get(name);
    return given != null ? given : option(name).fallback;
  }

  LossDescription description() {
    return new LossDescription(
        id,
        type,
        meaning,
        formula,
        options.values().stream()
            .map(
                o ->
                    new LossDescription.OptionDescription(
                        o.name, o.type, Words.show(o.fallback), o.meaning))
            .toList());
  }
}
