package io.lossmith.losses.metrics;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.Objects;

/** The demand of all metrics on shapes. */
final class SameShape {
  private SameShape() {}

  /** Returns the shape of both, or says what is wrong. */
  static Shape of(String who, String what, Tensor prediction, Tensor target, int fewestAxes) {
    Shape shape = Objects.requireNonNull(prediction, what).shape();
    if (!shape.equals(target.shape()) || shape.rank() < fewestAxes) {
      throw new ShapeException(
          who
              + ": "
              + what
              + " are "
              + shape
              + ", target is "
              + target.shape()
              + "; both must have one shape "
              + (fewestAxes == 1 ? "[N, spatial...]" : "[N, C, spatial...]"));
    }
    return shape;
  }
}
