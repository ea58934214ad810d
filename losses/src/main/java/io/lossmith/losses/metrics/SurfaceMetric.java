package io.lossmith.losses.metrics;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A measure of how far the surface of a predicted mask is from that of the target. Immutable;
 * withers return a changed copy.
 *
 * <p>The surface is what the mask holds with a neighbour along an axis that it does not hold, the
 * edge of the picture being outside. Masks are {@code [N, C, spatial...]} with 1 to 3 spatial axes,
 * 1 where the class is and 0 elsewhere. Where neither holds the class it is NaN and left out of
 * means; where one of them does not, there is no surface to measure to, and it is {@code missing}
 * (∞; NaN leaves it out). Distances are exact, with {@code spacing} between neighbours along each
 * axis (1 each).
 *
 * <p>The definitions are MONAI's; tested against it.
 *
 * @param <M> the metric itself
 */
public abstract class SurfaceMetric<M extends SurfaceMetric<M>> {
  /** What all of them are told. */
  record Common(List<Double> spacing, double missing, boolean includeBackground) {
    static final Common DEFAULT = new Common(List.of(), Double.POSITIVE_INFINITY, true);
  }

  private final Common common;

  SurfaceMetric(Common common) {
    this.common = common;
  }

  /**
   * Returns this metric with another distance of neighbours along each spatial axis.
   *
   * @throws IllegalArgumentException if one is not a finite number &gt; 0
   */
  public final M withSpacing(double... spacing) {
    Objects.requireNonNull(spacing, "spacing");
    if (Arrays.stream(spacing).anyMatch(s -> !(s > 0) || Double.isInfinite(s))) {
      throw new IllegalArgumentException(
          name() + ": spacing is " + Arrays.toString(spacing) + ", must be finite numbers > 0");
    }
    List<Double> list = Arrays.stream(spacing).boxed().toList();
    return with(new Common(list, common.missing, common.includeBackground));
  }

  /** Returns this metric with another number where one of the masks is empty; NaN leaves it out. */
  public final M withMissing(double missing) {
    return with(new Common(common.spacing, missing, common.includeBackground));
  }

  /** Returns this metric with class 0 counted or not. */
  public final M withIncludeBackground(boolean include) {
    return with(new Common(common.spacing, common.missing, include));
  }

  /**
   * Returns the mean over the classes of an image, then over the images; NaN if nothing is left.
   *
   * @throws ShapeException if the shapes differ or are not {@code [N, C, spatial...]}
   * @throws IllegalArgumentException if a value is neither 0 nor 1, the spacing does not go with
   *     the spatial axes, or the background is left out of one class
   */
  public final double of(Tensor masks, Tensor target) {
    return Means.of(Arrays.stream(each(masks, target)).mapToDouble(Means::of).toArray());
  }

  /**
   * Returns a number for each image and class; NaN where neither mask holds the class. Without the
   * background, class 1 comes first.
   */
  public final double[][] each(Tensor masks, Tensor target) {
    Shape shape = SameShape.of(name(), "masks", masks, target, 3);
    int from = common.includeBackground ? 0 : 1;
    require(shape, from);
    float[] said = ZeroOrOne.of(name(), "masks", masks.toArray(), shape);
    float[] is = ZeroOrOne.of(name(), "target", target.toArray(), shape);
    Surfaces surfaces = new Surfaces(shape, said, is, common.spacing);
    double[][] each = new double[shape.get(0)][shape.get(1) - from];
    for (int n = 0; n < each.length; n++) {
      for (int c = 0; c < each[n].length; c++) {
        each[n][c] = one(surfaces, n * shape.get(1) + from + c);
      }
    }
    return each;
  }

  private void require(Shape shape, int from) {
    int axes = shape.rank() - 2;
    if (axes > 3) {
      throw new ShapeException(name() + ": masks are " + shape + ", must have 1 to 3 spatial axes");
    }
    if (!common.spacing.isEmpty() && common.spacing.size() != axes) {
      throw new IllegalArgumentException(
          name()
              + ": spacing is "
              + common.spacing
              + ", masks are "
              + shape
              + "; must be one number for each of the "
              + axes
              + " spatial axes");
    }
    if (from == shape.get(1)) {
      throw new IllegalArgumentException(
          name() + ": the background is left out, but there is 1 class; must be counted");
    }
  }

  final Common common() {
    return common;
  }

  private double one(Surfaces surfaces, int plane) {
    double[] there = surfaces.toTarget(plane);
    double[] back = surfaces.toPrediction(plane);
    if (there.length == 0 || back.length == 0) {
      return there.length == back.length ? Double.NaN : common.missing;
    }
    return measure(there, back);
  }

  abstract String name();

  abstract M with(Common changed);

  /**
   * Makes one number of distances.
   *
   * @param there from each pixel of the prediction's surface to the target's, in any order
   * @param back from each pixel of the target's surface to the prediction's
   */
  abstract double measure(double[] there, double[] back);
}
