package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Move;
import java.util.Arrays;
import java.util.List;

/**
 * What flows back through moves. Gradients stay as small as they are: an axis of size 1 that stands
 * for a longer one is expanded only where the move needs it.
 */
final class MoveRules {
  private MoveRules() {}

  static Tensor toOperand(Move op, Node node, int operand, Tensor g) {
    Shape from = node.operand(operand).shape();
    if (g.shape().rank() == 0 && !(op instanceof Move.Slice)) {
      return g;
    }
    Tensor full = aligned(g, node.shape().rank());
    if (op instanceof Move.Reshape) {
      return reshape(full, node.shape(), from);
    }
    if (op instanceof Move.Permute permute) {
      int[] back = new int[from.rank()];
      for (int i = 0; i < back.length; i++) {
        back[permute.axes().get(i)] = i;
      }
      return full.permute(back);
    }
    if (op instanceof Move.Broadcast) {
      return g;
    }
    if (op instanceof Move.Slice slice) {
      return slice(full, slice, from);
    }
    if (op instanceof Move.Pad pad) {
      return cut(full, from, ints(pad.before()));
    }
    if (op instanceof Move.Flip flip) {
      int[] long1 = flip.axes().stream().mapToInt(a -> a).filter(a -> size(full, a) > 1).toArray();
      return long1.length == 0 ? full : full.flip(long1);
    }
    int axis = ((Move.Concat) op).axis();
    int[] starts = new int[from.rank()];
    for (int i = 0; i < operand; i++) {
      starts[axis] += node.operand(i).shape().get(axis);
    }
    return cut(full, from, starts);
  }

  private static int size(Tensor x, int axis) {
    return x.shape().get(axis);
  }

  /** Gives a gradient all axes, missing ones at size 1. */
  private static Tensor aligned(Tensor g, int rank) {
    int[] sizes = new int[rank];
    int missing = rank - g.shape().rank();
    Arrays.fill(sizes, 0, missing, 1);
    System.arraycopy(g.shape().toArray(), 0, sizes, missing, rank - missing);
    return Moves.reshaped(g, Shape.of(sizes));
  }

  /** Where only axes of size 1 come or go, the others stay small. */
  private static Tensor reshape(Tensor g, Shape now, Shape before) {
    int[] small = before.toArray();
    int next = 0;
    for (int axis = 0; axis < small.length; axis++) {
      if (small[axis] == 1) {
        continue;
      }
      while (next < now.rank() && now.get(next) == 1) {
        next++;
      }
      if (next == now.rank() || now.get(next) != small[axis]) {
        return Moves.reshaped(Moves.broadcastTo(g, now), before);
      }
      small[axis] = size(g, next++);
    }
    return Moves.reshaped(g, Shape.of(small));
  }

  /** Zeros around what was cut out, in the axes that were cut. */
  private static Tensor slice(Tensor g, Move.Slice slice, Shape from) {
    int[] before = new int[from.rank()];
    int[] after = new int[from.rank()];
    int[] sizes = g.shape().toArray();
    for (int axis = 0; axis < before.length; axis++) {
      int size = slice.sizes().get(axis);
      if (size != from.get(axis)) {
        sizes[axis] = size;
        before[axis] = slice.starts().get(axis);
        after[axis] = from.get(axis) - before[axis] - size;
      }
    }
    return Moves.broadcastTo(g, Shape.of(sizes)).pad(before, after);
  }

  /** Cuts an operand's share out; an axis of size 1 stands for all of it. */
  private static Tensor cut(Tensor g, Shape to, int[] starts) {
    int[] small = new int[to.rank()];
    int[] sizes = to.toArray();
    for (int axis = 0; axis < small.length; axis++) {
      if (size(g, axis) == 1) {
        sizes[axis] = 1;
      } else {
        small[axis] = starts[axis];
      }
    }
    return Moves.box(g, small, Shape.of(sizes));
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
