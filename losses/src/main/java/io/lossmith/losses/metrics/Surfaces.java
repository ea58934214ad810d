package io.lossmith.losses.metrics;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import java.util.Arrays;
import java.util.List;

/** The surfaces of two stacks of masks, and how far each is from the other. */
final class Surfaces {
  private final int plane;
  private final float[] offPrediction;
  private final float[] offTarget;
  private final float[] fromPrediction;
  private final float[] fromTarget;

  /**
   * Finds and measures them.
   *
   * @param shape {@code [N, C, spatial...]}
   * @param spacing one number for each spatial axis, or none
   */
  Surfaces(Shape shape, float[] prediction, float[] target, List<Double> spacing) {
    plane = shape.count() / Math.max(1, shape.get(0) * shape.get(1));
    offPrediction = offSurface(shape, prediction);
    offTarget = offSurface(shape, target);
    double[] distances = spacing.stream().mapToDouble(Double::doubleValue).toArray();
    fromPrediction = distance(shape, offPrediction, distances);
    fromTarget = distance(shape, offTarget, distances);
  }

  /** Returns 0 on the surface, 1 elsewhere. */
  private static float[] offSurface(Shape shape, float[] mask) {
    float[] off = new float[mask.length];
    for (int i = 0; i < mask.length; i++) {
      off[i] = mask[i] != 0 && touchesOutside(shape, mask, i) ? 0 : 1;
    }
    return off;
  }

  private static boolean touchesOutside(Shape shape, float[] mask, int i) {
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 2; axis--) {
      int at = i / stride % shape.get(axis);
      if (at == 0 || at == shape.get(axis) - 1 || mask[i - stride] == 0 || mask[i + stride] == 0) {
        return true;
      }
      stride *= shape.get(axis);
    }
    return false;
  }

  private static float[] distance(Shape shape, float[] off, double[] spacing) {
    return Tensor.wrap(off, shape.toArray()).distanceTransform(spacing).toArray();
  }

  /** Returns the distance of each pixel of the prediction's surface to the target's. */
  double[] toTarget(int index) {
    return on(offPrediction, fromTarget, index);
  }

  /** Returns the distance of each pixel of the target's surface to the prediction's. */
  double[] toPrediction(int index) {
    return on(offTarget, fromPrediction, index);
  }

  private double[] on(float[] off, float[] distances, int index) {
    double[] found = new double[plane];
    int count = 0;
    for (int i = index * plane; i < (index + 1) * plane; i++) {
      if (off[i] == 0) {
        found[count++] = distances[i];
      }
    }
    return Arrays.copyOf(found, count);
  }
}
