package io.lossmith.core.op;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;

/**
 * The Euclidean distance of every element that is not 0 to the nearest 0 of its plane: x {@code [N,
 * C, spatial…]} gives the same shape.
 *
 * <pre>
 * y[n, c, p] = min over q with x[n, c, q] = 0 of √(Σ over axes a of (spacing[a] · (p[a] − q[a]))²)
 * </pre>
 *
 * It is 0 where x is 0, and infinite all over a plane that holds no 0. NaN is not 0.
 *
 * @param spacing the distance of neighbours along each spatial axis, outermost first
 */
public record DistanceTransform(List<Double> spacing) implements WholeArrayOp {
  /** Beyond these, squares of distances would leave the range of a double. */
  private static final double LEAST = 1e-30;

  private static final double MOST = 1e30;

  /**
   * Creates the operation.
   *
   * @throws IllegalArgumentException if a distance is not within 1e-30..1e30
   */
  public DistanceTransform {
    spacing = Elements.copyOf(spacing, "spacing");
    if (!spacing.stream().allMatch(distance -> distance >= LEAST && distance <= MOST)) {
      throw new IllegalArgumentException(
          "distanceTransform: spacing is " + spacing + ", must be numbers within 1e-30..1e30");
    }
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.distanceTransform(this);
  }

  @Override
  public String label() {
    return "distance transform, spacing " + spacing;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape x = operands.get(0);
    if (spacing.isEmpty() || spacing.size() > 3 || x.rank() != spacing.size() + 2) {
      throw new ShapeException(
          "distanceTransform: x is "
              + x
              + ", the spacing is "
              + spacing
              + "; x must be [N, C, spatial...] with 1 to 3 spatial axes, the spacing one number"
              + " for each");
    }
    return x;
  }

  /** Tries every pair of elements of a plane. */
  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    double[] x = operands[0];
    int[] size = shapes.get(0).toArray();
    int plane = result.length / Math.max(1, size[0] * size[1]);
    for (int i = 0; i < result.length; i++) {
      int first = i / plane * plane;
      double nearest = x[i] == 0 ? 0 : Double.POSITIVE_INFINITY;
      for (int j = first; x[i] != 0 && j < first + plane; j++) {
        if (x[j] == 0) {
          nearest = Math.min(nearest, squared(size, i - first, j - first));
        }
      }
      result[i] = Math.sqrt(nearest);
    }
  }

  private double squared(int[] size, int p, int q) {
    double sum = 0;
    for (int axis = spacing.size() - 1; axis >= 0; axis--) {
      int length = size[axis + 2];
      double apart = (p % length - q % length) * spacing.get(axis);
      sum += apart * apart;
      p /= length;
      q /= length;
    }
    return sum;
  }
}
