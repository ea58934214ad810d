package io.lossmith.core.op;

import io.lossmith.core.Shape;
import java.util.List;

/**
 * Where the elements of a shape, taken in row-major order, stand in some array: one start, and one
 * stride for each axis. Every broadcast, fold and move is a choice of those numbers.
 */
final class Offsets {
  private final int[] sizes;
  private final int[] strides;
  private final int[] position;
  private int offset;

  private Offsets(Shape shape, int start, int[] strides) {
    this.sizes = shape.toArray();
    this.strides = strides;
    this.position = new int[sizes.length];
    this.offset = start;
  }

  /** Element by element of {@code shape}: the element of an operand that broadcasts to it. */
  static Offsets broadcast(Shape shape, Shape operand) {
    int[] own = operand.strides();
    int[] strides = new int[shape.rank()];
    int lead = shape.rank() - operand.rank();
    for (int axis = lead; axis < strides.length; axis++) {
      strides[axis] = operand.get(axis - lead) == 1 ? 0 : own[axis - lead];
    }
    return new Offsets(shape, 0, strides);
  }

  /** Element by element of a permuted shape: the element that it was. */
  static Offsets permuted(Shape shape, Shape operand, List<Integer> axes) {
    int[] own = operand.strides();
    return new Offsets(shape, 0, axes.stream().mapToInt(axis -> own[axis]).toArray());
  }

  /** Element by element of a box: its place in the shape around it. */
  static Offsets boxed(Shape box, Shape around, List<Integer> starts) {
    int[] strides = around.strides();
    int start = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      start += starts.get(axis) * strides[axis];
    }
    return new Offsets(box, start, strides);
  }

  /** Element by element of a shape: its place counted from the other end of some axes. */
  static Offsets flipped(Shape shape, List<Integer> axes) {
    int[] strides = shape.strides();
    int start = 0;
    for (int axis : axes) {
      start += (shape.get(axis) - 1) * strides[axis];
      strides[axis] = -strides[axis];
    }
    return new Offsets(shape, start, strides);
  }

  /** Takes each element of the shape from its place. */
  void load(double[] from, double[] elements) {
    for (int i = 0; i < elements.length; i++) {
      elements[i] = from[next()];
    }
  }

  /** Puts each element of the shape into its place. */
  void store(double[] elements, double[] to) {
    for (double element : elements) {
      to[next()] = element;
    }
  }

  /** Returns the next element's place. */
  int next() {
    int current = offset;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      offset += strides[axis];
      if (++position[axis] < sizes[axis]) {
        break;
      }
      offset -= strides[axis] * sizes[axis];
      position[axis] = 0;
    }
    return current;
  }
}
