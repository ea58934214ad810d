package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Move;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For each axis of an operand the axis of the result that it runs along, −1 for axes of size 1:
 * what a loop has to know to see through a move.
 */
final class OperandAxes implements Move.Cases<int @Nullable []> {
  private final Shape operand;
  private final Shape result;

  private OperandAxes(Shape operand, Shape result) {
    this.operand = operand;
    this.result = result;
  }

  /** Returns null unless a move only adds, drops or repeats axes of size 1, or reorders axes. */
  static int @Nullable [] of(Node node) {
    return node.op() instanceof Move move
        ? move.match(new OperandAxes(node.operand(0).shape(), node.shape()))
        : null;
  }

  /** Returns the axes of an operand that broadcasts to the result. */
  static int[] repeated(Shape operand, Shape result) {
    int[] axes = new int[operand.rank()];
    int missing = result.rank() - operand.rank();
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = operand.get(axis) == 1 ? -1 : axis + missing;
    }
    return axes;
  }

  @Override
  public int @Nullable [] reshape(Move.Reshape move) {
    if (!Arrays.equals(longSizes(operand), longSizes(result))) {
      return null;
    }
    int[] axes = new int[operand.rank()];
    int next = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      if (operand.get(axis) == 1) {
        axes[axis] = -1;
        continue;
      }
      while (result.get(next) == 1) {
        next++;
      }
      axes[axis] = next++;
    }
    return axes;
  }

  private static int[] longSizes(Shape shape) {
    return Arrays.stream(shape.toArray()).filter(size -> size != 1).toArray();
  }

  @Override
  public int[] permute(Move.Permute move) {
    int[] axes = new int[operand.rank()];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[move.axes().get(axis)] = result.get(axis) == 1 ? -1 : axis;
    }
    return axes;
  }

  @Override
  public int[] broadcast(Move.Broadcast move) {
    return repeated(operand, result);
  }

  @Override
  public int @Nullable [] slice(Move.Slice move) {
    return null;
  }

  @Override
  public int @Nullable [] flip(Move.Flip move) {
    return null;
  }

  @Override
  public int @Nullable [] placing(Move.Placing move) {
    return null;
  }
}
