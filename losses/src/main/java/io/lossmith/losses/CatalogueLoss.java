package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
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

  @Override
  public final Tensor apply(Tensor prediction, Tensor target) {
    return value(prediction, target, null);
  }

  @Override
  public final Tensor apply(Tensor prediction, Tensor target, Tensor mask) {
    return value(prediction, target, mask);
  }

  abstract Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask);

  /** Tells whether predictions are logits whatever the options say. */
  boolean ofLogits() {
    return false;
  }

  /** Returns an option that may be unset. */
  @SuppressWarnings("unchecked") // settings hold under an option's name what that option read
  final <T> @Nullable T find(Option<T> option) {
    return (T) entry().value(settings, option.name);
  }

  /** Returns an option that always has a value. */
  final <T> T get(Option<T> option) {
    return Objects.requireNonNull(find(option));
  }

  final boolean takes(Option<?> option) {
    return entry().options.containsKey(option.name);
  }

  /** Returns this loss with an option changed, read and checked by the option itself. */
  @SuppressWarnings("unchecked") // an entry makes losses of its own class
  final <T> L with(Option<T> option, @Nullable Object given) {
    return (L) entry().make(settings.with(entry().option(option.name), given));
  }

  final Settings settings() {
    return settings;
  }

  final Entry entry() {
    return Losses.entry(id());
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
