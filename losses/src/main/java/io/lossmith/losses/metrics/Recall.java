package io.lossmith.losses.metrics;

/** Recall TP/(TP + FN), the sensitivity: the share of what is there that was found. */
public final class Recall extends ConfusionScore<Recall> {
  private Recall(ScoreOptions options) {
    super(options);
  }

  /** Returns it with every option left out. */
  public static Recall create() {
    return new Recall(ScoreOptions.of(false));
  }

  @Override
  String name() {
    return "recall";
  }

  @Override
  Recall with(ScoreOptions changed) {
    return new Recall(changed);
  }

  @Override
  double score(ConfusionCounts counts, double zeroDivision) {
    return counts.recall(zeroDivision);
  }
}
