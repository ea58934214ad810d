package io.lossmith.autodiff.random;

import java.util.ArrayList;
import java.util.List;

/** A formula that an engine gets wrong, as small as it could be made. */
record Finding(Formula formula, String engine, Outcome outcome) {
  private static final int MOST_TRIES = 2000;

  /** Makes a formula smaller while the engine still gets it wrong in the same way. */
  static Finding shrunk(Formula formula, Contender contender, Outcome outcome) {
    boolean onThreads = outcome.kind().contains("threads");
    int left = contender.isJoint() ? MOST_TRIES / 40 : MOST_TRIES;
    Finding best = new Finding(formula, contender.name(), outcome);
    for (boolean again = true; again; ) {
      again = false;
      for (Formula next : best.formula.simpler()) {
        if (left-- <= 0) {
          return best;
        }
        Outcome seen = Examination.of(next, contender, onThreads);
        if (seen.differs() && seen.kind().equals(outcome.kind())) {
          best = new Finding(next, contender.name(), seen);
          again = true;
          break;
        }
      }
    }
    return best;
  }

  /** Says what is wrong in a few lines, and how to see it again. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, seed %d, shape %s"
            .formatted(outcome.kind(), engine, formula.seed(), formula.shape()));
    try {
      lines.addAll(Trial.of(formula).words());
    } catch (RuntimeException | Error e) {
      lines.add("cannot be built: " + e);
    }
    lines.add(outcome.numbers());
    lines.add(
        "again: autodiff/random-formulas %d %d %s"
            .formatted(formula.seed(), formula.seed() + 1, engine));
    return String.join("\n      ", lines);
  }
}
