package io.lossmith.app.cli.mistakes;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mistake and what comes of it.
 *
 * @param command the command
 * @param arguments what is written in place of, or beside, what would be right
 * @param outcome the line that is printed; or {@code done} with warnings; {@code failed} for a
 *     check that fails; {@code not run} and why. A … stands for anything
 */
record Row(String command, String arguments, String outcome) {
  static final String DONE = "done";
  static final String NOT_RUN = "not run: ";

  /** Java's own words, and those of libraries, are not for users. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "\\b[a-z]+\\.[a-z]+\\.[A-Z]\\w+|Exception|internal error|(?<!/)\\bnull\\b|@[0-9a-f]{6}|REDACTED");

  /** What says what must be, or what to do; or that there is nothing, which says it as well. */
  private static final Pattern REMEDY =
      Pattern.compile(
          "must |; |did you mean|See |has no |holds no |there is no |is not one of |is needed"
              + "|is not JSON|is cut");

  /** Returns whether a line says who, what is, and what must be or what to do. */
  static boolean reads(String line) {
    return line.startsWith("lossmith: ")
        && !FOREIGN.matcher(line).find()
        && REMEDY.matcher(line).find();
  }

  /** Returns whether this came out. */
  boolean is(String line) {
    String pattern =
        Arrays.stream(outcome.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return line.matches(pattern);
  }

  boolean isRun() {
    return !outcome.startsWith(NOT_RUN);
  }

  @Override
  public String toString() {
    return (command + " " + arguments).strip();
  }
}
