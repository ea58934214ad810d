package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The axes that a loop runs over: sizes above 1 in the order of the first root, and rows, which a
 * tile holds entirely. An axis is only a counter, so a root of another rank may use the same ones.
 */
final class Frame {
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Boolean> rows = new ArrayList<>();

  /** Adds an axis and returns its number. */
  int add(int size, boolean row) {
    sizes.add(size);
    rows.add(row);
    return sizes.size() - 1;
  }

  int rank() {
    return sizes.size();
  }

  int size(int axis) {
    return sizes.get(axis);
  }

  boolean isRow(int axis) {
    return rows.get(axis);
  }

  void makeRow(int axis) {
    rows.set(axis, true);
  }

  boolean hasRows() {
    return rows.contains(true);
  }

  /** Returns the sizes of the axes that are rows, or of those that are not. */
  List<Integer> sizes(boolean row) {
    List<Integer> found = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      if (isRow(axis) == row) {
        found.add(size(axis));
      }
    }
    return found;
  }

  /** Returns a frame whose axes are the shape's, −1 standing for axes of size 1 in {@code map}. */
  static Frame of(Shape shape, int[] map) {
    Frame frame = new Frame();
    for (int axis = 0; axis < shape.rank(); axis++) {
      map[axis] = shape.get(axis) == 1 ? -1 : frame.add(shape.get(axis), false);
    }
    return frame;
  }

  /**
   * Fits a shape onto this frame: all axes that are not rows must be there in order; rows may be.
   *
   * @return for each axis of the shape the axis of the frame or −1, or null if it does not fit
   */
  int[] place(Shape shape) {
    int[] map = new int[shape.rank()];
    Arrays.fill(map, -1);
    return place(shape, 0, 0, map) ? map : null;
  }

  private boolean place(Shape shape, int axis, int next, int[] map) {
    int open = next;
    while (open < rank() && isRow(open)) {
      open++;
    }
    if (axis == shape.rank()) {
      return open == rank();
    }
    if (shape.get(axis) == 1) {
      return place(shape, axis + 1, next, map);
    }
    for (int row = 0; row < rank(); row++) {
      int candidate = row;
      if (isRow(row)
          && size(row) == shape.get(axis)
          && Arrays.stream(map).noneMatch(a -> a == candidate)) {
        map[axis] = row;
        if (place(shape, axis + 1, next, map)) {
          return true;
        }
        map[axis] = -1;
      }
    }
    if (open < rank() && size(open) == shape.get(axis)) {
      map[axis] = open;
      if (place(shape, axis + 1, open + 1, map)) {
        return true;
      }
      map[axis] = -1;
    }
    return false;
  }
}
