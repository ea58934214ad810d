package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The axes that a loop runs over: sizes above 1 in the order of the first root, and inner ones,
 * which local folds fold at each place of the others. An axis is only a counter, so a root of
 * another rank may use the same ones.
 */
final class IterationSpace {
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Boolean> inner = new ArrayList<>();

  /** Adds an axis and returns its number. */
  int add(int size, boolean isInner) {
    sizes.add(size);
    inner.add(isInner);
    return sizes.size() - 1;
  }

  int rank() {
    return sizes.size();
  }

  int size(int axis) {
    return sizes.get(axis);
  }

  boolean isInner(int axis) {
    return inner.get(axis);
  }

  void makeInner(int axis) {
    inner.set(axis, true);
  }

  boolean hasInner() {
    return inner.contains(true);
  }

  /** Returns the sizes of the inner axes, or of the others. */
  List<Integer> sizes(boolean isInner) {
    List<Integer> found = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      if (isInner(axis) == isInner) {
        found.add(size(axis));
      }
    }
    return found;
  }

  /** Returns a space whose axes are the shape's, −1 standing for axes of size 1 in {@code map}. */
  static IterationSpace of(Shape shape, int[] map) {
    IterationSpace space = new IterationSpace();
    for (int axis = 0; axis < shape.rank(); axis++) {
      map[axis] = shape.get(axis) == 1 ? -1 : space.add(shape.get(axis), false);
    }
    return space;
  }

  /**
   * Fits a shape onto this space: all axes that are not inner must be there in order; and of the
   * inner ones all or none, so that a root never runs over some of them alone.
   *
   * @return for each axis of the shape the axis of the space or −1, or null if it does not fit
   */
  int @Nullable [] place(Shape shape) {
    int[] map = new int[shape.rank()];
    Arrays.fill(map, -1);
    return place(shape, 0, 0, map) ? map : null;
  }

  private boolean place(Shape shape, int axis, int next, int[] map) {
    int open = next;
    while (open < rank() && isInner(open)) {
      open++;
    }
    if (axis == shape.rank()) {
      return open == rank() && ownsAllOrNone(map);
    }
    if (shape.get(axis) == 1) {
      return place(shape, axis + 1, next, map);
    }
    // Earlier axes first: where sizes are the same, as of samples and classes, order tells.
    for (int own = 0; own < rank(); own++) {
      int candidate = own;
      boolean isFree =
          isInner(own) ? Arrays.stream(map).noneMatch(a -> a == candidate) : own == open;
      if (isFree && size(own) == shape.get(axis)) {
        map[axis] = own;
        if (place(shape, axis + 1, isInner(own) ? next : open + 1, map)) {
          return true;
        }
        map[axis] = -1;
      }
    }
    return false;
  }

  /** Tells whether what runs over these axes runs over all inner ones or over none of them. */
  boolean ownsAllOrNone(int[] map) {
    int owned = 0;
    int all = 0;
    for (int axis = 0; axis < rank(); axis++) {
      int candidate = axis;
      all += isInner(axis) ? 1 : 0;
      owned += isInner(axis) && Arrays.stream(map).anyMatch(a -> a == candidate) ? 1 : 0;
    }
    return owned == 0 || owned == all;
  }
}
