package io.lossmith.losses.kit;

import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value of one of two kinds; it shows itself as that value.
 *
 * @param <A> one kind
 * @param <B> the other
 */
public final class Either<A, B> implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final @Nullable A first;
  private final @Nullable B second;

  private Either(@Nullable A first, @Nullable B second) {
    this.first = first;
    this.second = second;
  }

  /** Returns a value of the first kind. */
  public static <A, B> Either<A, B> first(A value) {
    return new Either<>(value, null);
  }

  /** Returns a value of the second kind. */
  public static <A, B> Either<A, B> second(B value) {
    return new Either<>(null, value);
  }

  /** Returns what is made of the value by the function for its kind. */
  public <R> R fold(
      Function<? super A, ? extends R> ofFirst, Function<? super B, ? extends R> ofSecond) {
    return first != null ? ofFirst.apply(first) : ofSecond.apply(Objects.requireNonNull(second));
  }

  /** Returns the value. */
  public Object value() {
    return this.<Object>fold(one -> one, other -> other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Either && value().equals(((Either<?, ?>) other).value());
  }

  @Override
  public int hashCode() {
    return value().hashCode();
  }

  @Override
  public String toString() {
    return OptionText.show(value());
  }
}
