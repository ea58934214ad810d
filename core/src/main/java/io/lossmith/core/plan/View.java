package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.op.Move;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way of walking through a buffer: the element at index i lies at {@code offset + Σ i·stride}.
 * Moves are free as long as they can be written like this.
 *
 * @param buffer what is walked through
 * @param offset where the first element lies
 * @param shape how many steps there are along each axis
 * @param strides how far a step along each axis goes; 0 repeats, below 0 goes backwards
 */
record View(Buffer buffer, int offset, Shape shape, int[] strides)
    implements Move.Cases<@Nullable View> {
  /** Returns the view of a whole buffer under its own shape. */
  static View of(Buffer buffer) {
    return new View(buffer, 0, buffer.shape(), buffer.shape().strides());
  }

  /** Tells whether the elements are the buffer's, all of them, in their order. */
  boolean isWhole() {
    if (offset != 0 || shape.count() != buffer.shape().count()) {
      return false;
    }
    int[] dense = shape.strides();
    for (int i = 0; i < dense.length; i++) {
      if (shape.get(i) != 1 && strides[i] != dense[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns this view moved, or null where no strides express that. */
  @Nullable View moved(Move move) {
    return move.match(this);
  }

  @Override
  public @Nullable View reshape(Move.Reshape reshape) {
    return reshaped(reshape.shape());
  }

  @Override
  public View permute(Move.Permute permute) {
    List<Integer> axes = permute.axes();
    int[] sizes = axes.stream().mapToInt(shape::get).toArray();
    return new View(
        buffer, offset, Shape.of(sizes), axes.stream().mapToInt(a -> strides[a]).toArray());
  }

  @Override
  public View broadcast(Move.Broadcast broadcast) {
    return repeated(broadcast.shape());
  }

  @Override
  public View slice(Move.Slice slice) {
    return part(slice.starts(), slice.sizes());
  }

  @Override
  public View flip(Move.Flip flip) {
    int start = offset;
    int[] back = strides.clone();
    for (int axis : flip.axes()) {
      start += Math.max(0, shape.get(axis) - 1) * strides[axis];
      back[axis] = -back[axis];
    }
    return new View(buffer, start, shape, back);
  }

  @Override
  public @Nullable View placing(Move.Placing placing) {
    return null;
  }

  /** Returns the box of {@code sizes} elements that begins at {@code starts}. */
  View part(List<Integer> starts, Shape sizes) {
    int start = offset;
    for (int axis = 0; axis < strides.length; axis++) {
      start += starts.get(axis) * strides[axis];
    }
    return new View(buffer, start, sizes, strides);
  }

  private View repeated(Shape to) {
    int[] steps = new int[to.rank()];
    int added = to.rank() - shape.rank();
    for (int axis = 0; axis < shape.rank(); axis++) {
      steps[axis + added] = shape.get(axis) == 1 ? 0 : strides[axis];
    }
    return new View(buffer, offset, to, steps);
  }

  /**
   * Matches runs of old axes with runs of new axes of the same product; within a run the old axes
   * must lie one inside the other without gaps.
   */
  private @Nullable View reshaped(Shape to) {
    int[] steps = new int[to.rank()];
    if (to.count() == 0) {
      return new View(buffer, offset, to, steps);
    }
    int[] old = nonUnitAxes(shape);
    int[] fresh = nonUnitAxes(to);
    int o = 0;
    int f = 0;
    while (o < old.length && f < fresh.length) {
      int lastOld = o;
      int lastNew = f;
      long oldCount = shape.get(old[o]);
      long newCount = to.get(fresh[f]);
      while (oldCount != newCount) {
        if (oldCount < newCount) {
          oldCount *= shape.get(old[++lastOld]);
        } else {
          newCount *= to.get(fresh[++lastNew]);
        }
      }
      for (int i = o; i < lastOld; i++) {
        if (strides[old[i]] != strides[old[i + 1]] * shape.get(old[i + 1])) {
          return null;
        }
      }
      int step = strides[old[lastOld]];
      for (int i = lastNew; i >= f; i--) {
        steps[fresh[i]] = step;
        step *= to.get(fresh[i]);
      }
      o = lastOld + 1;
      f = lastNew + 1;
    }
    return new View(buffer, offset, to, steps);
  }

  private static int[] nonUnitAxes(Shape shape) {
    int[] axes = new int[shape.rank()];
    int n = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      if (shape.get(axis) != 1) {
        axes[n++] = axis;
      }
    }
    return Arrays.copyOf(axes, n);
  }
}
