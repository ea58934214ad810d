package io.lossmith.core.op;

import io.lossmith.core.Shape;

/**
 * How the lines of row-major data along one axis lie: line s has {@code length} elements, the first
 * at {@link #start}, neighbours {@code inner} apart.
 *
 * @param count how many lines there are
 * @param length how many elements each has
 * @param inner how many elements lie between neighbours of a line, counting one of them
 */
public record Slices(int count, int length, int inner) {
  /** Returns the lines of a shape along an axis, counted from 0. */
  public static Slices of(Shape shape, int axis) {
    int outer = 1;
    int inner = 1;
    for (int i = 0; i < shape.rank(); i++) {
      outer *= i < axis ? shape.get(i) : 1;
      inner *= i > axis ? shape.get(i) : 1;
    }
    return new Slices(outer * inner, shape.get(axis), inner);
  }

  /** Returns where the first element of a line stands. */
  public int start(int line) {
    return line / inner * inner * length + line % inner;
  }
}
