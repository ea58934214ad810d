package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss that weighs pixels by how far they are from an outline: a mean over the pixels of each
 * sample and class, then over these.
 *
 * <p>Distances are exact (Euclidean), and constants for the gradient. Their unit is {@code
 * spacing}, the distance of neighbours along each axis. Reduction {@code none} gives {@code [N,
 * C]}.
 *
 * @param <L> the loss itself
 */
public abstract class DistanceLoss<L extends DistanceLoss<L>> extends StructureLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int FEWEST_AXES = 2;

  static final Option<@Nullable List<Double>> SPACING =
      Option.numbers(
          "spacing", Range.POSITIVE, "distance of neighbours along each spatial axis (1 each)");
  static final List<Option<?>> OPTIONS =
      List.of(
          RegionLoss.ACTIVATION, SPACING, RegionLoss.INCLUDE_BACKGROUND, REDUCTION, IGNORE_INDEX);

  DistanceLoss(Settings settings) {
    super(settings);
  }

  /** Returns this loss with another distance &gt; 0 of neighbours along each spatial axis. */
  public final L withSpacing(double... spacing) {
    return with(SPACING, spacing);
  }

  @Override
  final int fewestAxes() {
    return FEWEST_AXES;
  }

  @Override
  final Tensor value(Segmentation s, Tensor p, Tensor t) {
    return s.valid().mean(values(p, t, spacing(s)), s.spatialAxes());
  }

  /** Returns one value for each element. */
  abstract Tensor values(Tensor p, Tensor t, double[] spacing);

  /**
   * Returns for each pixel the distance to the nearest one on the other side of the outline; 0
   * where a sample and class has no outline.
   *
   * @param inside 1 or 0 for each element
   */
  static Tensor toOutline(Tensor inside, double[] spacing) {
    Tensor outside = inside.equalTo(0);
    Tensor distance = inside.distanceTransform(spacing).plus(outside.distanceTransform(spacing));
    return Tensor.where(distance.equalTo(Double.POSITIVE_INFINITY), 0, distance);
  }

  private double[] spacing(Segmentation s) {
    List<Double> spacing = find(SPACING);
    if (spacing != null && spacing.size() != s.spatialAxes().length) {
      throw new IllegalArgumentException(
          id()
              + ": spacing is "
              + spacing
              + ", prediction is "
              + s.shape()
              + "; must be one number for each of its "
              + s.spatialAxes().length
              + " spatial axes");
    }
    return spacing == null
        ? new double[0]
        : spacing.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
