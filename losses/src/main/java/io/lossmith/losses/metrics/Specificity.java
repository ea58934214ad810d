package io.lossmith.losses.metrics;

/** Specificity TN/(TN + FP): the share of what is not there that was not predicted. */
public final class Specificity extends ConfusionScore<Specificity> {
  private Specificity(ScoreOptions options) {
    super(options);
  }

  /** Returns it with every option left out. */
  public static Specificity create() {
    return new Specificity(ScoreOptions.of(false));
  }

  @Override
  String name() {
    return "specificity";
  }

  @Override
  Specificity with(ScoreOptions changed) {
    return new Specificity(changed);
  }

  @Override
  double score(ConfusionCounts counts, double zeroDivision) {
    return counts.specificity(zeroDivision);
  }
}
