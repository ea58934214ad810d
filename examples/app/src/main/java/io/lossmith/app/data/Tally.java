package io.lossmith.app.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How often what was said. */
public final class Tally {
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** Counts something once more. */
  void add(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** Counts what another tally has, as if it had been said here. */
  public void add(List<String> words) {
    words.forEach(this::add);
  }

  /** Returns whether nothing was said. */
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Returns what was said, each once. */
  List<String> words() {
    return List.copyOf(counts.keySet());
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
