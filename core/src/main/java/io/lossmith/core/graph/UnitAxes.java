package io.lossmith.core.graph;

import io.lossmith.core.Shape;
import io.lossmith.core.op.Move;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A reshape that only adds or removes axes of size 1: where each axis goes. */
final class UnitAxes {
  private final Shape from;
  private final Shape to;
  private final int[] sources;

  private UnitAxes(Shape from, Shape to, int[] sources) {
    this.from = from;
    this.to = to;
    this.sources = sources;
  }

  /** Returns the reshape, or null where it does more than that. */
  static @Nullable UnitAxes between(Shape from, Shape to) {
    int[] sources = new int[to.rank()];
    Arrays.fill(sources, -1);
    int next = nextLong(from, 0);
    for (int axis = 0; axis < sources.length; axis++) {
      if (to.get(axis) == 1) {
        continue;
      }
      if (next == from.rank() || from.get(next) != to.get(axis)) {
        return null;
      }
      sources[axis] = next;
      next = nextLong(from, next + 1);
    }
    return next == from.rank() ? new UnitAxes(from, to, sources) : null;
  }

  private static int nextLong(Shape shape, int axis) {
    int next = axis;
    while (next < shape.rank() && shape.get(next) == 1) {
      next++;
    }
    return next;
  }

  /** Returns where an axis longer than 1 goes; −1 for the others. */
  int target(int axis) {
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] == axis) {
        return i;
      }
    }
    return -1;
  }

  /** Returns an operand that broadcasts to {@code from} so that it broadcasts to {@code to}. */
  Node applied(Node operand, Rewriter make) {
    int[] sizes = new int[to.rank()];
    int lead = from.rank() - operand.shape().rank();
    for (int axis = 0; axis < sizes.length; axis++) {
      int source = sources[axis] - lead;
      sizes[axis] = sources[axis] < 0 || source < 0 ? 1 : operand.shape().get(source);
    }
    Shape shape = Shape.of(sizes);
    return operand.shape().equals(shape)
        ? operand
        : make.node(operand, new Move.Reshape(shape), operand);
  }
}
