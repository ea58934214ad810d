package io.lossmith.losses.metrics;

/**
 * Precision TP/(TP + FP), the positive predictive value: the share of what was predicted that is
 * there.
 */
public final class Precision extends ConfusionScore<Precision> {
  private Precision(ScoreOptions options) {
    super(options);
  }

  /** Returns it with every option left out. */
  public static Precision create() {
    return new Precision(ScoreOptions.of(false));
  }

  @Override
  String name() {
    return "precision";
  }

  @Override
  Precision with(ScoreOptions changed) {
    return new Precision(changed);
  }

  @Override
  double score(ConfusionCounts counts, double zeroDivision) {
    return counts.precision(zeroDivision);
  }
}
