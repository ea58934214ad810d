package io.lossmith.losses;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Arguments.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that a loss is compiled for.
 *
 * @param prediction for example {@code [8, 1, 512, 512]}
 * @param target what the loss takes beside it
 * @param mask a weight for each pixel, or null for none
 */
public record InputShapes(Shape prediction, Shape target, @Nullable Shape mask) {
  /** Refuses null. */
  public InputShapes {
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(target, "target");
  }

  /** Returns these shapes, without a mask. */
  public static InputShapes of(Shape prediction, Shape target) {
    return new InputShapes(prediction, target, null);
  }

  /** Returns these shapes with a mask. */
  public InputShapes withMask(Shape mask) {
    Objects.requireNonNull(mask, "mask");
    return new InputShapes(prediction, target, mask);
  }

  /** Returns these shapes with a mask of the given sizes. */
  public InputShapes withMask(int... sizes) {
    return withMask(Shape.of(sizes));
  }

  /** Returns all that are there, in the order in which losses take them. */
  List<Named> named() {
    Named first = new Named("prediction", prediction);
    Named second = new Named("target", target);
    return mask == null ? List.of(first, second) : List.of(first, second, new Named("mask", mask));
  }
}
