package io.lossmith.losses;

import io.lossmith.core.Shape;
import org.jspecify.annotations.Nullable;

/** What compiled losses ask of their callers' arrays. */
final class ArrayRules {
  private ArrayRules() {}

  static void requireOneNumber(Shape valueShape) {
    if (valueShape.rank() != 0) {
      throw new IllegalArgumentException(
          "compiled: the loss gives values "
              + valueShape
              + ", evaluate needs one number; call evaluateEach");
    }
  }

  static void requireLength(String name, float[] array, Shape shape) {
    if (array.length != shape.count()) {
      throw new IllegalArgumentException(
          "compiled: "
              + name
              + " has "
              + array.length
              + " numbers, must have "
              + shape.count()
              + " for the shape "
              + shape);
    }
  }

  static void requireMask(float @Nullable [] mask, @Nullable Shape shape) {
    if (shape != null && mask != null) {
      requireLength("mask", mask, shape);
    } else if (shape != null) {
      throw new IllegalArgumentException(
          "compiled: mask is null, must be an array for " + shape + "; or compile without a mask");
    } else if (mask != null) {
      throw new IllegalArgumentException(
          "compiled: mask is an array of "
              + mask.length
              + ", must be null: compiled without a mask; compile with Inputs.withMask");
    }
  }

  static void requireGradientApart(float[] values, float @Nullable [] gradient) {
    if (values == gradient) {
      throw new IllegalArgumentException(
          "compiled: gradientOut is the same array as valuesOut, must be one of its own");
    }
  }

  /**
   * What is written must not be an input, {@code null} for those that a caller does not hand in.
   */
  static void requireApart(
      String name,
      float[] out,
      float[] prediction,
      float @Nullable [] target,
      float @Nullable [] mask) {
    if (out == prediction || out == target || out == mask) {
      throw new IllegalArgumentException(
          "compiled: "
              + name
              + " is the same array as "
              + (out == prediction ? "prediction" : out == target ? "target" : "mask")
              + ", must be one of its own");
    }
  }
}
