package io.lossmith.app.report;

import io.lossmith.app.data.Mask;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.metrics.AverageSurfaceDistance;
import io.lossmith.losses.metrics.HausdorffDistanceMetric;
import io.lossmith.losses.metrics.SurfaceMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far the outlines of predicted classes are from the true ones, in pixels: means over the
 * pictures and classes (but class 0, the background) where both have an outline.
 */
final class SurfaceScores {
  /** Larger pictures are left out: distances take several numbers for each pixel. */
  private static final int MOST_PIXELS = 1 << 22;

  private static final SurfaceMetric<?> HAUSDORFF =
      HausdorffDistanceMetric.create().withPercentile(95).withMissing(Double.NaN);
  private static final SurfaceMetric<?> AVERAGE =
      AverageSurfaceDistance.create().withSymmetric(true).withMissing(Double.NaN);

  private final ScoredClasses scored;
  private final List<Double> hausdorff = new ArrayList<>();
  private final List<Double> average = new ArrayList<>();

  /** Makes scores of nothing yet. */
  SurfaceScores(ScoredClasses scored) {
    this.scored = scored;
  }

  /** Adds a picture; pixels that do not count are in no mask. */
  void add(byte[] predicted, Mask truth) {
    if (predicted.length > MOST_PIXELS) {
      return;
    }
    for (int label = 1; label < scored.classes(); label++) {
      Tensor said = mask(predicted, truth, label);
      Tensor is = mask(truth.labels(), truth, label);
      hausdorff.add(HAUSDORFF.of(said, is));
      average.add(AVERAGE.of(said, is));
    }
  }

  private Tensor mask(byte[] labels, Mask truth, int label) {
    float[] mask = new float[labels.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (labels[i] & 0xFF) == label && scored.counts(truth.label(i)) ? 1 : 0;
    }
    return Tensor.of(mask, 1, 1, truth.height(), truth.width());
  }

  /** Returns the distance within which 95 % of each outline lie from the other. */
  OptionalDouble hausdorff95() {
    return mean(hausdorff);
  }

  /** Returns the mean distance of outlines. */
  OptionalDouble averageDistance() {
    return mean(average);
  }

  private static OptionalDouble mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).filter(v -> !Double.isNaN(v)).average();
  }
}
