package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.OptionText;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loss of the catalogue: immutable, with options. Withers return a changed copy. Two are equal
 * when they are the same loss with the same options.
 *
 * @param <L> the loss itself
 */
public abstract class CatalogueLoss<L extends CatalogueLoss<L>> implements Loss {
  @Serial private static final long serialVersionUID = 1L;

  private final Settings settings;

  CatalogueLoss(Settings settings) {
    this.settings = settings;
  }

  /** Returns the name in case files and on the command line. */
  public final String id() {
    return settings.id();
  }

  /**
   * Returns the options that were given, as {@link Losses#byName} takes them and text can hold
   * them: numbers, booleans, words, lists, losses within as maps {@code {loss, options}}.
   *
   * @throws IllegalArgumentException if a loss within is not of the catalogue: a lambda has no name
   */
  public final Map<String, Object> options() {
    return NamedLoss.written(settings);
  }

  @Override
  public final Tensor apply(Tensor prediction, Tensor target) {
    return value(prediction, target, null);
  }

  @Override
  public final Tensor apply(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    return value(prediction, target, mask);
  }

  abstract Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask);

  // A loss without an activation says itself what it takes.
  @Override
  public @Nullable PredictionKind predictionKind() {
    return get(Options.ACTIVATION).takes();
  }

  /** Returns this loss's row of the catalogue. */
  abstract Entry<L> entry();

  /** Returns an option that may be unset. */
  final <T> @Nullable T find(Option<T> option) {
    return entry().find(settings, option);
  }

  /** Returns an option that always has a value. */
  final <T> T get(Option<T> option) {
    return Objects.requireNonNull(find(option));
  }

  final boolean takes(Option<?> option) {
    return entry().takes(option);
  }

  /** Returns this loss with an option changed, read and checked by the option itself. */
  final L with(Option<?> option, Object given) {
    Objects.requireNonNull(given, () -> id() + ": " + option.name + " is null, must be given");
    return changed(option, given);
  }

  private L changed(Option<?> option, @Nullable Object given) {
    return entry().make(settings.with(entry().option(option.name), given));
  }

  final Settings settings() {
    return settings;
  }

  /**
   * Checks what this loss is given; a sigmoid, which asks each channel for itself, refuses class
   * indices.
   */
  final LossInputs inputs(Tensor prediction, Tensor target, @Nullable Tensor mask, Demand demand) {
    boolean asksEachChannel =
        takes(Options.ACTIVATION) && get(Options.ACTIVATION) == Activation.SIGMOID;
    Demand own = asksEachChannel ? demand.withoutLabels() : demand;
    return LossInputs.of(id(), prediction, target, mask, ignoreIndex(), own);
  }

  /** Returns the ignore index of this loss, or null where it has none. */
  @Nullable Integer ignoreIndex() {
    return takes(Options.IGNORE_INDEX) ? find(Options.IGNORE_INDEX) : null;
  }

  /**
   * Returns this loss as part of a combinator that hands its ignore index on.
   *
   * @param who the combinator
   * @throws IllegalArgumentException if this loss has another one, or takes none
   */
  final Loss ignoring(int ignoreIndex, String who) {
    if (!takes(Options.IGNORE_INDEX)) {
      throw Parts.takesNone(ignoreIndex, who);
    }
    Integer own = find(Options.IGNORE_INDEX);
    if (own != null && own != ignoreIndex) {
      throw new IllegalArgumentException(
          who
              + ": ignoreIndex is "
              + ignoreIndex
              + ", that of its part "
              + id()
              + " is "
              + own
              + "; must be one value");
    }
    return with(Options.IGNORE_INDEX, ignoreIndex);
  }

  /** Returns this loss with nothing ignored. */
  Loss ignoringNothing() {
    return takes(Options.IGNORE_INDEX) ? changed(Options.IGNORE_INDEX, null) : this;
  }

  /** Tells whether a pixel costs something by itself, at least in a part of this loss. */
  boolean asksEachPixel() {
    return entry().isPerPixel();
  }

  /**
   * Returns this loss with its value for each pixel or element.
   *
   * @param who the combinator that asks
   * @throws IllegalArgumentException if it has none
   */
  Loss unreduced(String who) {
    if (!entry().isPerPixel()) {
      throw new IllegalArgumentException(
          who
              + ": loss is "
              + this
              + ", must be one with a value for each pixel, such as cross-entropy");
    }
    return with(Options.REDUCTION, Reduction.NONE);
  }

  /**
   * Refuses to activate again within a combinator that activates.
   *
   * @throws IllegalArgumentException if this loss has an activation, or takes logits when {@code
   *     outer} makes probabilities
   */
  void requirePlain(String who, Activation outer) {
    if (predictionKind() != PredictionKind.LOGITS) {
      return;
    }
    if (!canTakeProbabilities() && outer != Activation.NONE) {
      throw OptionText.mustBe(
          who + ": activation", outer, "none, for its loss " + id() + " takes logits");
    }
    if (canTakeProbabilities()) {
      throw OptionText.mustBe(
          who + ": activation of its loss " + id(),
          get(Options.ACTIVATION),
          "none; give " + who + " the activation");
    }
  }

  /** Tells whether this loss can be told that predictions are probabilities already. */
  boolean canTakeProbabilities() {
    return takes(Options.ACTIVATION);
  }

  /** Returns the prediction, activated; what is taken for probabilities must be some. */
  final Tensor activated(LossInputs s, Activation activation) {
    return predictionKind() == PredictionKind.PROBABILITIES ? s.probabilities() : activation.of(s);
  }

  /** Returns a sum of this loss alone, or the sum that it is. */
  WeightedSum asSum() {
    return WeightedSum.of(List.of(new WeightedSum.Part(this, 1)));
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other != null
        && getClass() == other.getClass()
        && settings.equals(((CatalogueLoss<?>) other).settings);
  }

  @Override
  public final int hashCode() {
    return settings.hashCode();
  }

  /** Returns the id and the options that were given. */
  @Override
  public final String toString() {
    return settings.toString();
  }
}
