package io.lossmith.losses.kit;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values stand in messages. */
public final class OptionText {
  private OptionText() {}

  public static IllegalArgumentException mustBe(String who, Object given, String must) {
    return new IllegalArgumentException(who + " is " + show(given) + ", must be " + must);
  }

  /** Returns a value as the option reads it from text: a constant as its word, numbers in lists. */
  public static Object plain(Object value) {
    if (value instanceof Enum<?> constant) {
      return Option.word(constant);
    }
    if (value instanceof Either<?, ?> either) {
      return either.fold(OptionText::plain, OptionText::plain);
    }
    if (value instanceof ClassWeights weights) {
      return weights.toList();
    }
    return value instanceof ClassDistances distances ? distances.toLists() : value;
  }

  /** Shows a value as one would write it in a case file. */
  public static String show(@Nullable Object value) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString((long) number)
          : value.toString();
    }
    if (value instanceof CharSequence) {
      return "\"" + value + "\"";
    }
    if (value instanceof Enum) {
      return Option.word((Enum<?>) value);
    }
    if (value instanceof double[]) {
      return show(Arrays.stream((double[]) value).boxed().toList());
    }
    if (value instanceof int[]) {
      return Arrays.toString((int[]) value);
    }
    if (value instanceof Collection) {
      return ((Collection<?>) value)
          .stream().map(OptionText::show).collect(Collectors.joining(", ", "[", "]"));
    }
    return value == null ? "unset" : value.toString();
  }
}
