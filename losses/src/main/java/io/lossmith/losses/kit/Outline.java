package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Distances from an outline. They are exact (Euclidean), and constants for the gradient; their unit
 * is {@code spacing}, the distance of neighbours along each axis.
 */
public final class Outline {
  private final double[] spacing;

  /**
   * Takes the option {@code spacing}.
   *
   * @throws IllegalArgumentException if it has not one number for each spatial axis
   */
  public Outline(LossInputs s, @Nullable List<Double> spacing) {
    if (spacing != null && spacing.size() != s.spatialAxes().length) {
      throw new IllegalArgumentException(
          s.who()
              + ": spacing is "
              + spacing
              + ", prediction is "
              + s.shape()
              + "; must be one number for each of its "
              + s.spatialAxes().length
              + " spatial axes");
    }
    this.spacing =
        spacing == null
            ? new double[0]
            : spacing.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Returns for each pixel the distance to the nearest one on the other side of the outline; 0
   * where a sample and class has no outline.
   *
   * @param inside 1 or 0 for each element
   */
  public Tensor distance(Tensor inside) {
    Tensor outside = inside.equalTo(0);
    Tensor distance = inside.distanceTransform(spacing).plus(outside.distanceTransform(spacing));
    return Tensor.where(distance.equalTo(Double.POSITIVE_INFINITY), 0, distance);
  }
}
