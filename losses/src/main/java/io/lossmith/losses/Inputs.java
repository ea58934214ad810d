package io.lossmith.losses;

import io.lossmith.core.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that a loss is compiled for.
 *
 * @param prediction for example {@code [8, 1, 512, 512]}
 * @param target what the loss takes beside it
 * @param mask a weight for each pixel, or null for none
 */
public record Inputs(Shape prediction, Shape target, @Nullable Shape mask) {
  /** Returns these shapes, without a mask. */
  public static Inputs of(Shape prediction, Shape target) {
    return new Inputs(prediction, target, null);
  }

  /** Returns these shapes with a mask. */
  public Inputs withMask(Shape mask) {
    return new Inputs(prediction, target, mask);
  }

  /** Returns these shapes with a mask of the given sizes. */
  public Inputs withMask(int... sizes) {
    return withMask(Shape.of(sizes));
  }
}
