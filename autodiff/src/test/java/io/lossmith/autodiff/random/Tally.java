package io.lossmith.autodiff.random;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What many formulas came to, by engine and kind; several threads add to it. */
final class Tally {
  /** So many of a kind are shrunk; the smallest are shown. */
  private static final int SHRUNK = 4;

  private static final int SHOWN = 2;

  private final Map<String, Integer> compared = new TreeMap<>();
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private final Map<String, Integer> differing = new TreeMap<>();
  private final Map<String, List<Finding>> findings = new TreeMap<>();
  private int asked;
  private int unstable;

  synchronized void count(Contender contender, Outcome outcome) {
    String name = contender.name();
    switch (outcome.state()) {
      case AGREES -> compared.merge(name, 1, Integer::sum);
      case LEFT_OUT -> leftOut.merge(name + ": " + outcome.kind(), 1, Integer::sum);
      case DIFFERS -> {
        compared.merge(name, 1, Integer::sum);
        differing.merge(name + ": " + outcome.kind(), 1, Integer::sum);
      }
    }
  }

  /** Counts what the reference alone says of a formula, whether or not an engine differs. */
  synchronized void countSample(boolean isStable) {
    asked++;
    unstable += isStable ? 0 : 1;
  }

  /** Tells whether there are few enough of the kind that one more is worth shrinking. */
  synchronized boolean wants(Contender contender, Outcome outcome) {
    List<Finding> known = findings.get(contender.name() + ": " + outcome.kind());
    return known == null || known.size() < SHRUNK;
  }

  synchronized void add(Finding finding) {
    List<Finding> known =
        findings.computeIfAbsent(
            finding.engine() + ": " + finding.outcome().kind(), kind -> new ArrayList<>());
    known.add(finding);
    known.sort(Comparator.comparingInt(other -> other.formula().size()));
  }

  /** Returns how many formulas were compared, over all engines. */
  synchronized int compared() {
    return sum(compared);
  }

  /** Returns how many differed, over all engines. */
  synchronized int differing() {
    return sum(differing);
  }

  /** Returns the share of formulas, 0 to 1, that the reference cannot judge. */
  synchronized double unstable() {
    return asked == 0 ? 0 : unstable / (double) asked;
  }

  /** Returns one line on how far it got, and the seeds of what differs. */
  synchronized String progress() {
    String seeds =
        findings.values().stream()
            .flatMap(List::stream)
            .map(finding -> finding.engine() + " " + finding.formula().seed())
            .collect(Collectors.joining(", ", ": ", ""));
    return compared
        + " compared, "
        + sum(differing)
        + " differ"
        + (findings.isEmpty() ? "" : seeds);
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns all counts, and the smallest formulas of each kind. */
  synchronized String summary() {
    List<String> lines = new ArrayList<>();
    lines.add("compared: " + compared);
    lines.add("left out where an engine differed: " + leftOut);
    lines.add(
        "the reference cannot judge %.2f %% of a sample of %d".formatted(100 * unstable(), asked));
    lines.add("differ: " + sum(differing));
    differing.forEach(
        (kind, count) -> {
          lines.add("%6d x %s".formatted(count, kind));
          findings.getOrDefault(kind, List.of()).stream()
              .limit(SHOWN)
              .forEach(finding -> lines.add("    " + finding));
        });
    return String.join("\n", lines);
  }
}
