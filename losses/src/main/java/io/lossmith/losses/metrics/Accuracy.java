package io.lossmith.losses.metrics;

/**
 * Accuracy (TP + TN)/all: how many pixels are right. With several classes each is judged against
 * all others, so that it is high where classes are small.
 */
public final class Accuracy extends ConfusionScore<Accuracy> {
  private Accuracy(ScoreOptions options) {
    super(options);
  }

  /** Returns it with every option left out. */
  public static Accuracy create() {
    return new Accuracy(ScoreOptions.of(false));
  }

  @Override
  String name() {
    return "accuracy";
  }

  @Override
  Accuracy with(ScoreOptions changed) {
    return new Accuracy(changed);
  }

  @Override
  double score(ConfusionCounts counts, double zeroDivision) {
    return counts.accuracy(zeroDivision);
  }
}
