package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.Objects;

/** What {@link Tensor} can do with where its elements stand. Most of it costs nothing by itself. */
abstract sealed class Movable extends Foldable permits WholeArrays {
  /** Returns the same elements in the same order under other sizes; one may be −1: what is left. */
  public Tensor reshape(int... sizes) {
    return Moves.reshape(self(), sizes);
  }

  /** Returns this without the axes, which must have size 1; none given means all of size 1. */
  public Tensor squeeze(int... axes) {
    return Moves.squeeze(self(), axes);
  }

  /** Returns this with a new axis of size 1, which stands at {@code axis} in the result. */
  public Tensor unsqueeze(int axis) {
    return Moves.unsqueeze(self(), axis);
  }

  /** Returns this with the axes from {@code fromAxis} on joined into one; [] becomes [1]. */
  public Tensor flatten(int fromAxis) {
    return Moves.flatten(self(), fromAxis);
  }

  /** Returns this with its axes in another order: axis i of the result is axis {@code axes[i]}. */
  public Tensor permute(int... axes) {
    Objects.requireNonNull(axes, "axes");
    return Moves.permute(self(), axes);
  }

  /** Returns this with axes of size 1, and missing leading ones, repeated up to the sizes. */
  public Tensor broadcastTo(int... sizes) {
    return Moves.broadcastTo(self(), Shape.of(sizes));
  }

  /**
   * Returns the elements {@code from} up to, not including, {@code to} of an axis; below 0 they are
   * counted from the end, as axes are.
   */
  public Tensor slice(int axis, int from, int to) {
    return Moves.slice(self(), axis, from, to);
  }

  /** Returns the element at an index of axis 0, which is dropped; −1 is the last. */
  public Tensor get(int index) {
    return Moves.get(self(), index);
  }

  /** Returns this with zeros added before and after each axis, one number for each. */
  public Tensor pad(int[] before, int[] after) {
    return Padding.zeros(self(), before, after);
  }

  /** Returns this in reverse order along the axes; no axes means all. */
  public Tensor flip(int... axes) {
    return Moves.flip(self(), axes);
  }

  /**
   * Returns this with its last two axes swapped: {@code [..., m, n]} becomes {@code [..., n, m]}.
   */
  public Tensor transpose() {
    return Matrices.transpose(self());
  }

  /** Returns each element less the one before it along an axis, which becomes 1 shorter. */
  public Tensor diff(int axis) {
    return Moves.diff(self(), axis);
  }

  /**
   * Returns this with its first and last elements repeated before and after each axis, one number
   * for each.
   *
   * @throws ShapeException if there is nothing to repeat
   */
  public Tensor padReplicate(int[] before, int[] after) {
    return Padding.replicate(self(), before, after);
  }

  /** Returns {@link #padReplicate(int[], int[])} on both ends of the axes from 2 on. */
  public Tensor padReplicate(int spatial) {
    return Padding.replicate(self(), spatial);
  }

  /**
   * Returns this mirrored at the first and last elements of each axis, which are not repeated
   * themselves; one number for each axis.
   *
   * @throws ShapeException if a number is not below the size of its axis
   */
  public Tensor padReflect(int[] before, int[] after) {
    return Padding.reflect(self(), before, after);
  }

  /** Returns {@link #padReflect(int[], int[])} on both ends of the axes from 2 on. */
  public Tensor padReflect(int spatial) {
    return Padding.reflect(self(), spatial);
  }
}
