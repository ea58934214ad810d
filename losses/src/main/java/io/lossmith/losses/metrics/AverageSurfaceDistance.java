package io.lossmith.losses.metrics;

import java.util.stream.DoubleStream;

/**
 * Average surface distance: the mean distance from the prediction's surface to the target's; with
 * {@code symmetric} the mean over the pixels of both surfaces.
 */
public final class AverageSurfaceDistance extends SurfaceMetric<AverageSurfaceDistance> {
  private final boolean symmetric;

  private AverageSurfaceDistance(Common common, boolean symmetric) {
    super(common);
    this.symmetric = symmetric;
  }

  /** Returns it with every option left out. */
  public static AverageSurfaceDistance create() {
    return new AverageSurfaceDistance(Common.DEFAULT, false);
  }

  /** Returns it over both surfaces, or over the prediction's only. */
  public AverageSurfaceDistance withSymmetric(boolean symmetric) {
    return new AverageSurfaceDistance(common(), symmetric);
  }

  @Override
  String name() {
    return "average surface distance";
  }

  @Override
  AverageSurfaceDistance with(Common changed) {
    return new AverageSurfaceDistance(changed, symmetric);
  }

  @Override
  double measure(double[] there, double[] back) {
    DoubleStream distances = DoubleStream.of(there);
    return (symmetric ? DoubleStream.concat(distances, DoubleStream.of(back)) : distances)
        .average()
        .orElseThrow();
  }
}
