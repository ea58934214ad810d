package io.lossmith.losses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One option of losses: its word, what it takes, and what holds where it is left out. Withers and
 * {@link Losses#byName} read values through the same option, so they accept and refuse the same.
 *
 * @param <T> what the loss reads
 */
final class Option<T> {
  /** Turns a given value into one of the option's kind, or says what it must be. */
  interface Reader<T> {
    /**
     * Reads a value.
     *
     * @param who what begins a message, for example {@code "dice: smooth"}
     * @throws IllegalArgumentException if the value is not one that the option takes
     */
    T read(String who, Object given);
  }

  final String name;
  final String type;
  final @Nullable T fallback;
  final String meaning;
  private final Reader<T> reader;

  /** The options that a value is kept under; more than this one for an abbreviation. */
  final List<Option<T>> sets;

  private Option(
      String name,
      String type,
      @Nullable T fallback,
      String meaning,
      Reader<T> reader,
      List<Option<T>> sets) {
    this.name = name;
    this.type = type;
    this.fallback = fallback;
    this.meaning = meaning;
    this.reader = reader;
    this.sets = sets.isEmpty() ? List.of(this) : sets;
  }

  static <T> Option<T> of(
      String name, String type, @Nullable T fallback, String meaning, Reader<T> reader) {
    return new Option<>(name, type, fallback, meaning, reader, List.of());
  }

  static Option<Double> number(
      String name, @Nullable Double fallback, Range range, String meaning) {
    return of(
        name,
        "number " + range.words,
        fallback,
        meaning,
        (who, given) -> number(who, given, range));
  }

  static Option<Integer> integer(
      String name, @Nullable Integer fallback, int least, String meaning) {
    String words = least == Integer.MIN_VALUE ? "a whole number" : "a whole number ≥ " + least;
    return of(name, words, fallback, meaning, (who, given) -> integer(who, given, least, words));
  }

  static Option<Boolean> flag(String name, boolean fallback, String meaning) {
    return of(
        name,
        "true or false",
        fallback,
        meaning,
        (who, given) -> {
          if (given instanceof Boolean) {
            return (Boolean) given;
          }
          throw Words.mustBe(who, given, "true or false");
        });
  }

  static <E extends Enum<E>> Option<E> choice(
      String name, E fallback, List<E> allowed, String meaning) {
    String words = allowed.stream().map(Option::word).collect(Collectors.joining(", "));
    return of(
        name,
        "one of " + words,
        fallback,
        meaning,
        (who, given) -> {
          for (E constant : allowed) {
            if (constant == given || word(constant).equals(given)) {
              return constant;
            }
          }
          throw Words.mustBe(who, given, "one of " + words);
        });
  }

  /** A number for each class. */
  static Option<ClassWeights> perClass(String name, String meaning) {
    return of(name, "list of numbers ≥ 0", null, meaning, Option::classWeights);
  }

  /** A number, or a list with a number for each class. */
  static Option<Object> numberOrPerClass(String name, Range range, String meaning) {
    return of(
        name,
        "number " + range.words + ", or list of one for each class",
        null,
        meaning,
        (who, given) ->
            given instanceof Number ? number(who, given, range) : classWeights(who, given));
  }

  static Option<List<Double>> numbers(String name, Range range, String meaning) {
    return of(
        name,
        "list of numbers " + range.words,
        null,
        meaning,
        (who, given) -> list(who, given).stream().map(n -> number(who, n, range)).toList());
  }

  static Option<List<Integer>> integers(
      String name, List<Integer> fallback, int least, String meaning) {
    String words = "a whole number ≥ " + least;
    return of(
        name,
        "list of whole numbers ≥ " + least,
        fallback,
        meaning,
        (who, given) -> list(who, given).stream().map(n -> integer(who, n, least, words)).toList());
  }

  /** An abbreviation: one word that sets several options. */
  @SafeVarargs
  static <T> Option<T> all(String name, String meaning, Option<T>... sets) {
    Option<T> first = sets[0];
    return new Option<>(name, first.type, first.fallback, meaning, first.reader, List.of(sets));
  }

  /** Returns this option with another value where it is left out. */
  Option<T> fallingBackTo(T other) {
    return new Option<>(name, type, other, meaning, reader, List.of());
  }

  /** Reads a value; {@code who} is the loss. */
  T read(String who, Object given) {
    return reader.read(who + ": " + name, given);
  }

  /** Reads a value for another option, which has its own words. */
  T readAs(String who, Object given) {
    return reader.read(who, given);
  }

  boolean isAbbreviation() {
    return sets.get(0) != this;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Double number(String who, Object given, Range range) {
    if (given instanceof Number && range.holds(((Number) given).doubleValue())) {
      return ((Number) given).doubleValue();
    }
    throw Words.mustBe(who, given, range.words);
  }

  private static Integer integer(String who, Object given, int least, String words) {
    if (given instanceof Number) {
      double number = ((Number) given).doubleValue();
      if (number == (int) number && number >= least) {
        return (int) number;
      }
    }
    throw Words.mustBe(who, given, words);
  }

  private static ClassWeights classWeights(String who, Object given) {
    if (given instanceof ClassWeights) {
      return (ClassWeights) given;
    }
    List<?> list = list(who, given);
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(who, list.get(i), Range.AT_LEAST_0).floatValue();
    }
    return new ClassWeights(values);
  }

  private static List<?> list(String who, Object given) {
    List<?> list =
        given instanceof List
            ? (List<?>) given
            : given instanceof double[]
                ? Arrays.stream((double[]) given).boxed().toList()
                : given instanceof int[]
                    ? Arrays.stream((int[]) given).boxed().toList()
                    : List.of();
    if (list.isEmpty()) {
      throw Words.mustBe(who, given, "a list of numbers, not empty");
    }
    return new ArrayList<>(list);
  }
}
