package io.lossmith.losses.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One option of losses: its word, what it takes, and what holds where it is left out. Withers and
 * the catalogue read values through the same option, so they accept and refuse the same. What an
 * option has read it reads again as it is.
 *
 * @param <T> what the loss reads
 */
public final class Option<T> {
  /** Turns a given value into one of the option's kind, or says what it must be. */
  public interface Reader<T> {
    /**
     * Reads a value.
     *
     * @param who what begins a message, for example {@code "dice: smooth"}
     * @throws IllegalArgumentException if the value is not one that the option takes
     */
    T read(String who, Object given);
  }

  public final String name;
  public final String type;
  public final @Nullable T fallback;
  public final String meaning;
  private final Reader<T> reader;

  /** The options that a value is kept under; more than this one for an abbreviation. */
  public final List<Option<T>> sets;

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

  /** An option of one's own kind. */
  public static <T> Option<T> of(
      String name, String type, @Nullable T fallback, String meaning, Reader<T> reader) {
    return new Option<>(name, type, fallback, meaning, reader, List.of());
  }

  /** A number. */
  public static Option<Double> number(
      String name, @Nullable Double fallback, NumberRange range, String meaning) {
    return of(
        name,
        "number " + range.words,
        fallback,
        meaning,
        (who, given) -> number(who, given, range));
  }

  /** A whole number, {@code least} or more. */
  public static Option<Integer> integer(
      String name, @Nullable Integer fallback, int least, String meaning) {
    return integer(name, fallback, least, Integer.MAX_VALUE, meaning);
  }

  /** A whole number, {@code least} to {@code most}. */
  public static Option<Integer> integer(
      String name, @Nullable Integer fallback, int least, int most, String meaning) {
    String words =
        most != Integer.MAX_VALUE
            ? "a whole number within " + least + ".." + most
            : least == Integer.MIN_VALUE ? "a whole number" : "a whole number ≥ " + least;
    return of(
        name, words, fallback, meaning, (who, given) -> integer(who, given, least, most, words));
  }

  /** True or false. */
  public static Option<Boolean> flag(String name, boolean fallback, String meaning) {
    return of(
        name,
        "true or false",
        fallback,
        meaning,
        (who, given) -> {
          if (given instanceof Boolean) {
            return (Boolean) given;
          }
          throw OptionText.mustBe(who, given, "true or false");
        });
  }

  /** One of some constants, or its word. */
  public static <E extends Enum<E>> Option<E> choice(
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
          throw OptionText.mustBe(who, given, "one of " + words);
        });
  }

  /** A number for each class. */
  public static Option<ClassWeights> perClass(String name, String meaning) {
    return of(name, "list of numbers ≥ 0", null, meaning, Option::classWeights);
  }

  /** A number, or a list with a number for each class. */
  public static Option<Either<Double, ClassWeights>> numberOrPerClass(
      String name, NumberRange range, String meaning) {
    Option<Double> one = number(name, null, range, meaning);
    return either(
        one,
        perClass(name, meaning),
        one.type + ", or list of one for each class",
        null,
        Number.class::isInstance);
  }

  /**
   * What one of two options of a name takes.
   *
   * @param fallback what the first takes
   * @param first tells a value of the first kind
   */
  public static <A, B> Option<Either<A, B>> either(
      Option<A> one, Option<B> other, String type, @Nullable A fallback, Predicate<Object> first) {
    return of(
        one.name,
        type,
        fallback == null ? null : Either.first(fallback),
        one.meaning,
        (who, given) -> {
          Object value = given instanceof Either ? ((Either<?, ?>) given).value() : given;
          return first.test(value)
              ? Either.first(one.reader.read(who, value))
              : Either.second(other.reader.read(who, value));
        });
  }

  /** Numbers in a list. */
  public static Option<List<Double>> numbers(String name, NumberRange range, String meaning) {
    return of(
        name,
        "list of numbers " + range.words,
        null,
        meaning,
        (who, given) -> list(who, given).stream().map(n -> number(who, n, range)).toList());
  }

  /** Whole numbers in a list. */
  public static Option<List<Integer>> integers(
      String name, List<Integer> fallback, int least, String meaning) {
    String words = "a whole number ≥ " + least;
    return of(
        name,
        "list of whole numbers ≥ " + least,
        fallback,
        meaning,
        (who, given) ->
            list(who, given).stream()
                .map(n -> integer(who, n, least, Integer.MAX_VALUE, words))
                .toList());
  }

  /** An abbreviation: one word that sets two options. */
  public static <T> Option<T> both(String name, String meaning, Option<T> one, Option<T> other) {
    return new Option<>(name, one.type, one.fallback, meaning, one.reader, List.of(one, other));
  }

  /** Returns this option with another value where it is left out. */
  public Option<T> fallingBackTo(T other) {
    return new Option<>(name, type, other, meaning, reader, List.of());
  }

  /** Reads a value; {@code who} is the loss. */
  public T read(String who, Object given) {
    return reader.read(who + ": " + name, given);
  }

  /** Reads a value for another option, which has its own words. */
  public T readAs(String who, Object given) {
    return reader.read(who, given);
  }

  /** Tells whether this is one word for several options. */
  public boolean isAbbreviation() {
    return sets.get(0) != this;
  }

  /** Returns a constant as case files write it. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Double number(String who, Object given, NumberRange range) {
    double number = given instanceof Number ? ((Number) given).doubleValue() : Double.NaN;
    if (range.holds(number) && Math.abs(number) <= Float.MAX_VALUE) {
      return number;
    }
    throw OptionText.mustBe(who, given, range.words(number));
  }

  private static Integer integer(String who, Object given, int least, int most, String words) {
    if (given instanceof Number) {
      double number = ((Number) given).doubleValue();
      if (number == (int) number && number >= least && number <= most) {
        return (int) number;
      }
    }
    throw OptionText.mustBe(who, given, words);
  }

  private static ClassWeights classWeights(String who, Object given) {
    if (given instanceof ClassWeights) {
      return (ClassWeights) given;
    }
    List<?> list = list(who, given);
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(who, list.get(i), NumberRange.AT_LEAST_0).floatValue();
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
      throw OptionText.mustBe(who, given, "a list of numbers, not empty");
    }
    return new ArrayList<>(list);
  }
}
