package io.lossmith.losses.metrics;

/** Dice score 2·TP/(2·TP + FP + FN), also the F1 score: how much prediction and target overlap. */
public final class DiceScore extends ConfusionScore<DiceScore> {
  private DiceScore(ScoreOptions options) {
    super(options);
  }

  /** Returns it with every option left out. */
  public static DiceScore create() {
    return new DiceScore(ScoreOptions.of(true));
  }

  @Override
  String name() {
    return "Dice score";
  }

  @Override
  DiceScore with(ScoreOptions changed) {
    return new DiceScore(changed);
  }

  @Override
  double score(ConfusionCounts counts, double zeroDivision) {
    return counts.fBeta(1, zeroDivision);
  }
}
