package io.lossmith.losses.metrics;

/** Intersection over union TP/(TP + FP + FN), also the Jaccard index. */
public final class IouScore extends ConfusionScore<IouScore> {
  private IouScore(ScoreOptions options) {
    super(options);
  }

  /** Returns it with every option left out. */
  public static IouScore create() {
    return new IouScore(ScoreOptions.of(true));
  }

  @Override
  String name() {
    return "IoU score";
  }

  @Override
  IouScore with(ScoreOptions changed) {
    return new IouScore(changed);
  }

  @Override
  double score(ConfusionCounts counts, double zeroDivision) {
    return counts.intersectionOverUnion(zeroDivision);
  }
}
