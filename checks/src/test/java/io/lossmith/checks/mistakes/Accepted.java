package io.lossmith.checks.mistakes;

import io.lossmith.checks.Repository;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What looks like a mistake and is rightly taken: a line for each, or for several with a * for
 * anything, below the reason.
 */
final class Accepted {
  static final Path FILE = Repository.ROOT.resolve("checks/src/test/resources/accepted.txt");

  private final List<Pattern> lines;

  private Accepted(List<Pattern> lines) {
    this.lines = lines;
  }

  static Accepted read() {
    return new Accepted(
        Repository.text(FILE)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Accepted::pattern)
            .toList());
  }

  boolean has(String what) {
    return lines.stream().anyMatch(line -> line.matcher(what).matches());
  }

  private static Pattern pattern(String line) {
    return Pattern.compile(
        Arrays.stream(line.strip().split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }
}
