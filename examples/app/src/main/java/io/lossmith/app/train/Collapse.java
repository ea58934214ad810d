package io.lossmith.app.train;

import io.lossmith.losses.metrics.ConfusionCounts;
import io.lossmith.losses.metrics.ConfusionTable;
import java.util.List;
import java.util.OptionalInt;

/**
 * Tells that a network answers one class to everything, where training with losses of regions alone
 * can end: their slope is nearly 0 there, and scores do not look bad where the class is common.
 */
public final class Collapse {
  private static final int OFTEN = 5;

  private Collapse() {}

  /**
   * Returns the class that every pixel of the validation pictures was answered with, the last five
   * times they were scored, although the truth has others; empty where there is none.
   */
  public static OptionalInt of(List<History.Validation> all) {
    if (all.size() < OFTEN) {
      return OptionalInt.empty();
    }
    OptionalInt only = only(all.get(all.size() - 1).counts());
    boolean always =
        all.subList(all.size() - OFTEN, all.size()).stream()
            .allMatch(one -> only(one.counts()).equals(only));
    return always ? only : OptionalInt.empty();
  }

  private static OptionalInt only(ConfusionTable counts) {
    OptionalInt only = OptionalInt.empty();
    int truths = 0;
    for (int label = 0; label < counts.classes(); label++) {
      ConfusionCounts one = counts.total(label);
      truths += one.truePositives() + one.falseNegatives() > 0 ? 1 : 0;
      if (one.truePositives() + one.falsePositives() > 0) {
        if (only.isPresent()) {
          return OptionalInt.empty();
        }
        only = OptionalInt.of(label);
      }
    }
    return truths > 1 ? only : OptionalInt.empty();
  }
}
