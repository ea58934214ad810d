package io.lossmith.losses.metrics;

/** Specificity TN/(TN + FP): how much of what is not so was left unsaid. */
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
