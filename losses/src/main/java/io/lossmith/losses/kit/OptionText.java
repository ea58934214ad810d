package io.lossmith.losses.kit;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values stand in messages. */
public final class OptionText {
  private OptionText() {}

  public static IllegalArgumentException mustBe(String who, Object given, String must) {
    return new IllegalArgumentException(who + " is " + show(given) + ", must be " + must);
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

  /** Returns the name that is spelled most like the given one. */
  public static String nearest(String given, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(given.toLowerCase(Locale.ROOT), name)))
        .orElse("");
  }

  /** Counts the letters to insert, drop or change (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed =
            diagonal
                + (Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1))
                    ? 0
                    : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
