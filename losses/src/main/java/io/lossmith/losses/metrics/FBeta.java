package io.lossmith.losses.metrics;

/**
 * F-beta score (1 + β²)·TP/((1 + β²)·TP + β²·FN + FP): recall counts β times as much as precision.
 * With β = 1 it is {@link DiceScore}, but for classes that the target does not hold: they count.
 */
public final class FBeta extends ConfusionScore<FBeta> {
  private final double beta;

  private FBeta(double beta, ScoreOptions options) {
    super(options);
    this.beta = beta;
  }

  /**
   * Returns it with every other option left out.
   *
   * @throws IllegalArgumentException if {@code beta} is not a finite number &gt; 0
   */
  public static FBeta of(double beta) {
    requireBeta(beta);
    return new FBeta(beta, ScoreOptions.of(false));
  }

  static void requireBeta(double beta) {
    if (!(beta > 0) || Double.isInfinite(beta)) {
      throw new IllegalArgumentException("F-beta: beta is " + beta + ", must be a number > 0");
    }
  }

  @Override
  String name() {
    return "F-beta";
  }

  @Override
  FBeta with(ScoreOptions changed) {
    return new FBeta(beta, changed);
  }

  @Override
  double score(ConfusionCounts counts, double zeroDivision) {
    return counts.fBeta(beta, zeroDivision);
  }
}
