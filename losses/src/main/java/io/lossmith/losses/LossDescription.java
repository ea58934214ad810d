package io.lossmith.losses;

import io.lossmith.core.Elements;
import java.util.List;
import java.util.Objects;

/**
 * What the catalogue says about a loss.
 *
 * @param id its name in case files and on the command line
 * @param type its class
 * @param meaning what it is, in one line
 * @param formula its definition, in one line
 * @param prediction what it takes its prediction for, see {@link PredictionKind}
 * @param options what {@link Losses#byName} takes for it
 */
public record LossDescription(
    String id,
    Class<? extends Loss> type,
    String meaning,
    String formula,
    String prediction,
    List<OptionDescription> options) {
  /** Copies the list. */
  public LossDescription {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(meaning, "meaning");
    Objects.requireNonNull(formula, "formula");
    Objects.requireNonNull(prediction, "prediction");
    options = Elements.copyOf(options, "options");
  }

  /**
   * What the catalogue says about an option.
   *
   * @param name its word: {@code smooth} is {@code withSmooth} in Java
   * @param type what it takes, in words
   * @param fallback what holds where it is left out, as case files write it, or {@code unset}
   * @param meaning what it is, in one line
   */
  public record OptionDescription(String name, String type, String fallback, String meaning) {
    /** Refuses null. */
    public OptionDescription {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(fallback, "fallback");
      Objects.requireNonNull(meaning, "meaning");
    }
  }
}
