package io.lossmith.core;

import java.util.Arrays;
import java.util.Objects;

/**
 * The sizes of a tensor's axes, outermost first, for example {@code [8, 1, 512, 512]}; {@code []}
 * is a scalar. Immutable. Data of a shape lies row-major: the last axis is contiguous.
 */
public final class Shape {
  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape();

  /** JVMs keep a few words of the longest array for themselves. */
  private static final int MOST = Integer.MAX_VALUE - 16;

  private final int[] sizes;
  private final int count;

  private Shape(int... sizes) {
    this.sizes = sizes;
    long product = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw new ShapeException(
            "shape: " + Arrays.toString(sizes) + " has an axis below 0; each must be 0 or more");
      }
      product = Math.min(product, 1L << Integer.SIZE) * size; // without overflow
    }
    if (product > MOST) {
      throw new ShapeException(
          "shape: "
              + Arrays.toString(sizes)
              + " has more than "
              + MOST
              + " elements, the most that fit in one array; split the batch");
    }
    this.count = (int) product;
  }

  /** Returns the shape with these sizes, each at least 0. */
  public static Shape of(int... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /** Returns how many axes there are. */
  public int rank() {
    return sizes.length;
  }

  /** Returns how many elements there are; 1 for a scalar. */
  public int count() {
    return count;
  }

  /**
   * Returns the size of an axis, counted from 0, or from the end where it is below 0.
   *
   * @throws ShapeException if there is no such axis
   */
  public int get(int axis) {
    return sizes[axis("shape", axis)];
  }

  /** Returns a copy of the sizes. */
  public int[] toArray() {
    return sizes.clone();
  }

  /**
   * Returns this shape with the size of one axis replaced.
   *
   * @throws ShapeException if there is no such axis, or the size is below 0
   */
  public Shape with(int axis, int size) {
    int[] changed = sizes.clone();
    changed[axis("shape", axis)] = size;
    return of(changed);
  }

  /**
   * Returns this shape with the given axes at size 1.
   *
   * @throws ShapeException if there is no such axis
   */
  public Shape folded(int... axes) {
    Objects.requireNonNull(axes, "axes");
    int[] changed = sizes.clone();
    for (int axis : axes) {
      changed[axis("shape", axis)] = 1;
    }
    return of(changed);
  }

  /**
   * Returns this shape without the given axes.
   *
   * @throws ShapeException if one does not exist or stands twice
   */
  public Shape without(int... axes) {
    Objects.requireNonNull(axes, "axes");
    if (axes.length == 0) {
      return this;
    }
    int[] counted = axes("shape", axes);
    boolean[] gone = new boolean[sizes.length];
    for (int axis : counted) {
      gone[axis] = true;
    }
    int[] kept = new int[sizes.length - counted.length];
    int k = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (!gone[axis]) {
        kept[k++] = sizes[axis];
      }
    }
    return of(kept);
  }

  /** Returns the distance in elements between neighbours along each axis of row-major data. */
  public int[] strides() {
    int[] strides = new int[sizes.length];
    int stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(1, sizes[axis]);
    }
    return strides;
  }

  /**
   * Returns {@code axis} counted from 0, where −1 means the last.
   *
   * @throws ShapeException if there is no such axis
   */
  public int axis(String who, int axis) {
    if (axis < -rank() || axis >= rank()) {
      throw new ShapeException(
          who
              + ": axis "
              + axis
              + " of a tensor "
              + this
              + " with "
              + rank()
              + " axes; use "
              + (rank() == 0 ? "none" : "0.." + (rank() - 1) + " or " + -rank() + "..-1"));
    }
    return axis < 0 ? axis + rank() : axis;
  }

  /**
   * Returns {@code axes} counted from 0 and sorted; no axes given means all of them.
   *
   * @throws ShapeException if one does not exist or stands twice
   */
  public int[] axes(String who, int... axes) {
    int[] found = new int[axes.length == 0 ? rank() : axes.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = axes.length == 0 ? i : axis(who, axes[i]);
    }
    Arrays.sort(found);
    for (int i = 1; i < found.length; i++) {
      if (found[i] == found[i - 1]) {
        throw new ShapeException(
            who
                + ": axis "
                + found[i]
                + " stands twice in "
                + Arrays.toString(axes)
                + "; give it once");
      }
    }
    return found;
  }

  /**
   * Returns the common shape of two operands: axes are matched from the last, sizes must be equal
   * or one of them 1 (the rule of NumPy and PyTorch).
   *
   * @throws ShapeException if they do not go together
   */
  public static Shape broadcast(String who, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] sizes = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.get(a.rank() - i) : 1;
      int right = i <= b.rank() ? b.get(b.rank() - i) : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException(
            who
                + ": shapes "
                + a
                + " and "
                + b
                + " do not go together; axis "
                + (rank - i)
                + " differs ("
                + left
                + ", "
                + right
                + "), sizes must be equal or 1");
      }
      sizes[rank - i] = left == 1 ? right : left;
    }
    return of(sizes);
  }

  /** Returns where the element at a row-major place stands, for messages: {@code [1, 0, 5]}. */
  public String index(int place) {
    int[] strides = strides();
    int[] index = new int[strides.length];
    int rest = place;
    for (int axis = 0; axis < index.length; axis++) {
      index[axis] = rest / strides[axis];
      rest %= strides[axis];
    }
    return Arrays.toString(index);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape && Arrays.equals(sizes, ((Shape) other).sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
