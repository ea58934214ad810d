package io.lossmith.app.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How often what was said. */
public final class Tally {
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** Counts something once more. */
  void add(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** Returns how often what was said, or nothing. */
  public String counted() {
    return counts.entrySet().stream()
        .map(one -> one.getValue() + " " + one.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Returns what was said, with how often where that is not always the same, or nothing. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(one -> one.getKey() + (counts.size() == 1 ? "" : " in " + one.getValue()))
        .collect(Collectors.joining(", "));
  }
}
