package io.lossmith.losses.kit;

import io.lossmith.core.Spelling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of the catalogue: a loss's id, class, meaning, formula and options, and how to make it.
 *
 * @param <L> the loss
 */
public final class Entry<L> {
  public final String id;
  public final Class<L> type;
  public final String meaning;
  public final String formula;
  private final Map<String, Option<?>> options = new LinkedHashMap<>();
  private boolean perPixel;
  private final Function<Settings, L> maker;

  private Entry(
      String id, Class<L> type, Function<Settings, L> maker, String meaning, String formula) {
    this.id = id;
    this.type = type;
    this.maker = maker;
    this.meaning = meaning;
    this.formula = formula;
  }

  /** Starts a row without options. */
  public static <L> Entry<L> of(
      String id, Class<L> type, Function<Settings, L> maker, String meaning, String formula) {
    return new Entry<>(id, type, maker, meaning, formula);
  }

  /** Adds options; one of the same name replaces an earlier one. */
  public Entry<L> taking(List<? extends Option<?>> more) {
    more.forEach(option -> options.put(option.name, option));
    return this;
  }

  /** Adds options; one of the same name replaces an earlier one. */
  public Entry<L> taking(Option<?>... more) {
    return taking(List.of(more));
  }

  /** Says that there is a value for each pixel or element, until it is reduced. */
  public Entry<L> perPixel() {
    perPixel = true;
    return this;
  }

  /** Tells whether there is a value for each pixel or element. */
  public boolean isPerPixel() {
    return perPixel;
  }

  /** Returns the options by their names. */
  public Map<String, Option<?>> options() {
    return Collections.unmodifiableMap(options);
  }

  /** Tells whether there is an option of this one's name. */
  public boolean takes(Option<?> option) {
    return options.containsKey(option.name);
  }

  /** Returns the loss with every option left out. */
  public L make() {
    return make(Settings.of(id));
  }

  /** Returns the loss with these options. */
  public L make(Settings settings) {
    return maker.apply(settings);
  }

  /** Returns the loss with options as case files and the command line give them. */
  public L make(Map<String, ?> given) {
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
  public Option<?> option(String name) {
    Option<?> option = options.get(name);
    if (option == null) {
      throw new IllegalArgumentException(
          id
              + ": there is no option "
              + name
              + (options.isEmpty()
                  ? ", it takes none"
                  : "; did you mean "
                      + Spelling.nearest(name, options.keySet()).orElse("")
                      + "? It takes "
                      + String.join(", ", options.keySet())));
    }
    return option;
  }

  /**
   * Returns what holds: what was given, or else this loss's fallback, which may be another than the
   * option's own; null if neither is there.
   */
  public <T> @Nullable T find(Settings settings, Option<T> option) {
    T given = settings.find(option);
    if (given != null) {
      return given;
    }
    Object fallback = option(option.name).fallback;
    return fallback == null ? null : option.read(id, fallback);
  }
}
