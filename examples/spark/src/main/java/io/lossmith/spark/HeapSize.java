package io.lossmith.spark;

import io.lossmith.app.io.BadInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memory, as Spark and users write them. */
final class HeapSize {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})([mg])b?");

  private static final int MEGA = 20;
  private static final int GIGA = 30;

  private HeapSize() {}

  /** Returns whole megabytes, rounded up. */
  static String text(long bytes) {
    return ((bytes + (1 << MEGA) - 1) >> MEGA) + " MB";
  }

  /** Returns the same as an option of Java or Spark has it. */
  static String option(long bytes) {
    return text(bytes).replace(" MB", "m");
  }

  /**
   * Reads one.
   *
   * @throws BadInput if it is none
   */
  static long bytes(String option, String text) {
    Matcher matcher = TEXT.matcher(text.toLowerCase(java.util.Locale.ROOT));
    if (!matcher.matches()) {
      throw new BadInput("train: " + option + " is \"" + text + "\", must be like 1500m or 2g.");
    }
    return Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("m") ? MEGA : GIGA);
  }
}
