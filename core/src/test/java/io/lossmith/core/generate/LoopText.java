package io.lossmith.core.generate;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How rows become text. */
final class LoopText {
  private LoopText() {}

  /** Returns NOT_EQUAL as notEqual. */
  static String name(String op) {
    StringBuilder name = new StringBuilder();
    for (String word : op.toLowerCase(Locale.ROOT).split("_")) {
      String first =
          name.isEmpty() ? word.substring(0, 1) : word.substring(0, 1).toUpperCase(Locale.ROOT);
      name.append(first).append(word.substring(1));
    }
    return name.toString();
  }

  static boolean isLoop(String code) {
    return code.contains("::");
  }

  /** Returns an expression with something else for a name in it. */
  static String with(String expression, String name, String instead) {
    return expression.replaceAll("\\b" + name + "\\b", instead);
  }

  static <T> String each(List<T> rows, Function<T, String> text) {
    return rows.stream().map(text).collect(Collectors.joining());
  }
}
