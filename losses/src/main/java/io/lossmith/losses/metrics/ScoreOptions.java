package io.lossmith.losses.metrics;

import java.util.List;

/** What a score is told, beside the counts. */
record ScoreOptions(
    Average average,
    boolean perImage,
    double zeroDivision,
    boolean skipEmptyTarget,
    boolean includeBackground,
    List<Double> classWeights) {
  /** What holds where nothing is said. */
  static ScoreOptions of(boolean skipEmptyTarget) {
    return new ScoreOptions(Average.MACRO, false, 1, skipEmptyTarget, true, List.of());
  }

  ScoreOptions withAverage(Average other) {
    return new ScoreOptions(
        other, perImage, zeroDivision, skipEmptyTarget, includeBackground, classWeights);
  }

  ScoreOptions withPerImage(boolean other) {
    return new ScoreOptions(
        average, other, zeroDivision, skipEmptyTarget, includeBackground, classWeights);
  }

  ScoreOptions withZeroDivision(double other) {
    return new ScoreOptions(
        average, perImage, other, skipEmptyTarget, includeBackground, classWeights);
  }

  ScoreOptions withSkipEmptyTarget(boolean other) {
    return new ScoreOptions(
        average, perImage, zeroDivision, other, includeBackground, classWeights);
  }

  ScoreOptions withIncludeBackground(boolean other) {
    return new ScoreOptions(average, perImage, zeroDivision, skipEmptyTarget, other, classWeights);
  }

  ScoreOptions withClassWeights(List<Double> other) {
    return new ScoreOptions(
        average, perImage, zeroDivision, skipEmptyTarget, includeBackground, other);
  }
}
