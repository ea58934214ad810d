package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds what adds elements before and after axes. */
final class Padding {
  private Padding() {}

  static Tensor zeros(Tensor x, int[] before, int[] after) {
    requireSizes("pad", x.shape(), before, after);
    boolean none = Arrays.stream(before).sum() + Arrays.stream(after).sum() == 0;
    return none ? x : Tensor.make(new Move.Pad(Moves.boxed(before), Moves.boxed(after)), x);
  }

  static Tensor replicate(Tensor x, int[] before, int[] after) {
    requireSizes("padReplicate", x.shape(), before, after);
    for (int axis = 0; axis < before.length; axis++) {
      if (x.shape().get(axis) == 0 && before[axis] + after[axis] > 0) {
        throw new ShapeException(
            "padReplicate: axis " + axis + " of a tensor " + x.shape() + " is empty; pad others");
      }
    }
    return joined(x, before, after, Padding::repeated);
  }

  private static Tensor repeated(Tensor x, int axis, boolean first, int count) {
    int at = first ? 0 : x.shape().get(axis) - 1;
    return Moves.broadcastTo(x.slice(axis, at, at + 1), x.shape().with(axis, count));
  }

  static Tensor replicate(Tensor x, int spatial) {
    int[] both = spatial("padReplicate", x.shape(), spatial);
    return replicate(x, both, both);
  }

  static Tensor reflect(Tensor x, int[] before, int[] after) {
    requireSizes("padReflect", x.shape(), before, after);
    for (int axis = 0; axis < before.length; axis++) {
      int most = Math.max(before[axis], after[axis]);
      if (most > 0 && most >= x.shape().get(axis)) {
        throw new ShapeException(
            "padReflect: "
                + before[axis]
                + " before and "
                + after[axis]
                + " after axis "
                + axis
                + " of a tensor "
                + x.shape()
                + "; must be below its size");
      }
    }
    return joined(x, before, after, Padding::mirrored);
  }

  private static Tensor mirrored(Tensor x, int axis, boolean first, int count) {
    int from = first ? 1 : x.shape().get(axis) - 1 - count;
    return x.slice(axis, from, from + count).flip(axis);
  }

  static Tensor reflect(Tensor x, int spatial) {
    int[] both = spatial("padReflect", x.shape(), spatial);
    return reflect(x, both, both);
  }

  /** What stands before or after the elements of an axis, made of them. */
  private interface End {
    Tensor of(Tensor x, int axis, boolean first, int count);
  }

  /** One axis after the other, so that corners are made of what is padded already. */
  private static Tensor joined(Tensor x, int[] before, int[] after, End end) {
    Tensor padded = x;
    for (int axis = 0; axis < before.length; axis++) {
      List<Tensor> parts = new ArrayList<>(List.of(padded));
      if (before[axis] > 0) {
        parts.add(0, end.of(padded, axis, true, before[axis]));
      }
      if (after[axis] > 0) {
        parts.add(end.of(padded, axis, false, after[axis]));
      }
      padded = Moves.concat(axis, parts.toArray(Tensor[]::new));
    }
    return padded;
  }

  private static int[] spatial(String who, Shape shape, int padding) {
    NetworkOps.requireChannels(who, shape);
    int[] sizes = new int[shape.rank()];
    Arrays.fill(sizes, 2, sizes.length, padding);
    return sizes;
  }

  private static void requireSizes(String who, Shape shape, int[] before, int[] after) {
    int rank = shape.rank();
    if (before.length != rank || after.length != rank) {
      throw new ShapeException(
          who
              + ": "
              + Arrays.toString(before)
              + " before and "
              + Arrays.toString(after)
              + " after a tensor "
              + shape
              + "; each must have one number for each of the "
              + rank
              + " axes");
    }
    for (int axis = 0; axis < rank; axis++) {
      if (before[axis] < 0 || after[axis] < 0) {
        throw new ShapeException(
            who
                + ": "
                + Arrays.toString(before)
                + " before and "
                + Arrays.toString(after)
                + " after; must be at least 0; cut with slice");
      }
    }
  }
}
