package io.lossmith.losses.metrics;

import java.util.Arrays;

/**
 * Hausdorff distance: how far the surfaces of prediction and target are apart where they are
 * furthest, or at a {@code percentile} of all distances (95 is often used: single stray pixels then
 * do not decide). The greater of both directions; {@code directed} looks only from the prediction
 * to the target.
 */
public final class HausdorffDistanceMetric extends SurfaceMetric<HausdorffDistanceMetric> {
  private static final double ALL = 100;

  private final double percentile;
  private final boolean directed;

  private HausdorffDistanceMetric(Common common, double percentile, boolean directed) {
    super(common);
    this.percentile = percentile;
    this.directed = directed;
  }

  /** Returns it with every option left out. */
  public static HausdorffDistanceMetric create() {
    return new HausdorffDistanceMetric(Common.DEFAULT, ALL, false);
  }

  /**
   * Returns it at another percentile, between distances by a straight line.
   *
   * @throws IllegalArgumentException if it is not within 0..100
   */
  public HausdorffDistanceMetric withPercentile(double percentile) {
    if (!(percentile >= 0 && percentile <= ALL)) {
      throw new IllegalArgumentException(
          name() + ": percentile is " + percentile + ", must be within 0..100");
    }
    return new HausdorffDistanceMetric(common(), percentile, directed);
  }

  /** Returns it from the prediction to the target only, or in both directions. */
  public HausdorffDistanceMetric withDirected(boolean directed) {
    return new HausdorffDistanceMetric(common(), percentile, directed);
  }

  @Override
  String name() {
    return "Hausdorff distance";
  }

  @Override
  HausdorffDistanceMetric with(Common changed) {
    return new HausdorffDistanceMetric(changed, percentile, directed);
  }

  @Override
  double measure(double[] there, double[] back) {
    return directed ? quantile(there) : Math.max(quantile(there), quantile(back));
  }

  private double quantile(double[] distances) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double place = percentile / ALL * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
