package io.lossmith.app.bench;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an engine says of the bytes that a run moves, to the two digits or more that it says. */
final class Traffic {
  private static final Pattern MOVED = Pattern.compile("(\\d+) (B|kB|MB) moved in a run");
  private static final Map<String, Long> UNITS = Map.of("B", 1L, "kB", 1000L, "MB", 1_000_000L);

  private Traffic() {}

  /** Returns the bytes that a run moves, by its explanation; 0 where that does not say it. */
  static long of(String explanation) {
    Matcher moved = MOVED.matcher(explanation);
    return moved.find() ? Long.parseLong(moved.group(1)) * UNITS.get(moved.group(2)) : 0;
  }
}
