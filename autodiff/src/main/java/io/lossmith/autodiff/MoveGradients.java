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
final class MoveGradients implements Move.Cases<Tensor> {
  private final Node node;
  private final int operand;
  private final Shape from;
  private final Tensor g;

  private MoveGradients(Node node, int operand, Tensor g) {
    this.node = node;
    this.operand = operand;
    this.from = node.operand(operand).shape();
    this.g = g;
  }

  static Tensor toOperand(Move op, Node node, int operand, Tensor g) {
    boolean isOneNumber = g.shape().rank() == 0;
    return isOneNumber && !(op instanceof Move.Slice)
        ? g
        : op.match(new MoveGradients(node, operand, g));
  }

  @Override
  public Tensor reshape(Move.Reshape reshape) {
    return reshaped(full(), node.shape(), from);
  }

  @Override
  public Tensor permute(Move.Permute permute) {
    int[] back = new int[from.rank()];
    for (int i = 0; i < back.length; i++) {
      back[permute.axes().get(i)] = i;
    }
    return full().permute(back);
  }

  @Override
  public Tensor broadcast(Move.Broadcast broadcast) {
    return g;
  }

  /** Zeros around what was cut out, in the axes that were cut. */
  @Override
  public Tensor slice(Move.Slice slice) {
    Tensor full = full();
    int[] before = new int[from.rank()];
    int[] after = new int[from.rank()];
    int[] sizes = full.shape().toArray();
    for (int axis = 0; axis < before.length; axis++) {
      int size = slice.sizes().get(axis);
      if (size != from.get(axis)) {
        sizes[axis] = size;
        before[axis] = slice.starts().get(axis);
        after[axis] = from.get(axis) - before[axis] - size;
      }
    }
    return Moves.broadcastTo(full, Shape.of(sizes)).pad(before, after);
  }

  @Override
  public Tensor flip(Move.Flip flip) {
    Tensor full = full();
    int[] longAxes = flip.axes().stream().mapToInt(a -> a).filter(a -> size(full, a) > 1).toArray();
    return longAxes.length == 0 ? full : full.flip(longAxes);
  }

  /** Cuts the operand's share out; an axis of size 1 stands for all of it. */
  @Override
  public Tensor placing(Move.Placing placing) {
    Tensor full = full();
    List<Integer> starts =
        placing.start(operand, node.operands().stream().map(Node::shape).toList());
    int[] small = new int[from.rank()];
    int[] sizes = from.toArray();
    for (int axis = 0; axis < small.length; axis++) {
      if (size(full, axis) == 1) {
        sizes[axis] = 1;
      } else {
        small[axis] = starts.get(axis);
      }
    }
    return Moves.box(full, small, Shape.of(sizes));
  }

  private static int size(Tensor x, int axis) {
    return x.shape().get(axis);
  }

  /** Gives a gradient all axes, missing ones at size 1. */
  private Tensor full() {
    int rank = node.shape().rank();
    int[] sizes = new int[rank];
    int missing = rank - g.shape().rank();
    Arrays.fill(sizes, 0, missing, 1);
    System.arraycopy(g.shape().toArray(), 0, sizes, missing, rank - missing);
    return Moves.reshaped(g, Shape.of(sizes));
  }

  /** Where only axes of size 1 come or go, the others stay small. */
  private static Tensor reshaped(Tensor g, Shape now, Shape before) {
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
}
