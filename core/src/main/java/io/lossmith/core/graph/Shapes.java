package io.lossmith.core.graph;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Opaque;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.List;

/** The shape rule of every operation, and the message where operands break it. */
final class Shapes {
  private Shapes() {}

  static Shape of(Op op, List<Shape> operands) {
    if (op instanceof Unary
        || op instanceof Alias
        || op instanceof Check
        || op instanceof OutOfRange) {
      return operands.get(0);
    }
    if (op instanceof Binary) {
      return Shape.broadcast(op.label(), operands.get(0), operands.get(1));
    }
    if (op instanceof Where) {
      Shape chosen = Shape.broadcast(op.label(), operands.get(1), operands.get(2));
      return Shape.broadcast(op.label(), operands.get(0), chosen);
    }
    if (op instanceof Reduction reduction) {
      int[] axes = reduction.axes().stream().mapToInt(Integer::intValue).toArray();
      return operands.get(0).folded(axes);
    }
    if (op instanceof Move move) {
      return moved(move, operands);
    }
    if (op instanceof Opaque opaque) {
      return opaque.shape(operands);
    }
    throw new IllegalArgumentException(op.label() + ": a leaf has no operands");
  }

  private static Shape moved(Move move, List<Shape> operands) {
    Shape from = operands.get(0);
    if (move instanceof Move.Reshape reshape) {
      if (from.count() != reshape.shape().count()) {
        throw new ShapeException(
            "reshape: "
                + from
                + " has "
                + from.count()
                + " elements, "
                + reshape.shape()
                + " has "
                + reshape.shape().count()
                + "; they must be equal");
      }
      return reshape.shape();
    }
    if (move instanceof Move.Permute permute) {
      return permuted(from, permute.axes());
    }
    if (move instanceof Move.Broadcast broadcast) {
      Shape common = Shape.broadcast("broadcast", from, broadcast.shape());
      if (!common.equals(broadcast.shape())) {
        throw new ShapeException(
            "broadcast: "
                + from
                + " to "
                + broadcast.shape()
                + "; only sizes of 1 can be repeated");
      }
      return common;
    }
    if (move instanceof Move.Slice slice) {
      return sliced(from, slice);
    }
    if (move instanceof Move.Pad pad) {
      int[] sizes = from.toArray();
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] += pad.before().get(i) + pad.after().get(i);
      }
      return Shape.of(sizes);
    }
    if (move instanceof Move.Flip) {
      return from;
    }
    return joined((Move.Concat) move, operands);
  }

  private static Shape permuted(Shape from, List<Integer> axes) {
    if (axes.size() != from.rank() || axes.stream().distinct().count() != axes.size()) {
      throw new ShapeException(
          "permute: axes " + axes + " of a tensor " + from + "; each axis must stand once");
    }
    return Shape.of(axes.stream().mapToInt(a -> from.get(from.axis("permute", a))).toArray());
  }

  private static Shape sliced(Shape from, Move.Slice slice) {
    for (int i = 0; i < from.rank(); i++) {
      int start = slice.starts().get(i);
      if (start < 0 || start + slice.sizes().get(i) > from.get(i)) {
        throw new ShapeException(
            "slice: elements "
                + start
                + ".."
                + (start + slice.sizes().get(i) - 1)
                + " of axis "
                + i
                + " of a tensor "
                + from
                + "; the axis has 0.."
                + (from.get(i) - 1));
      }
    }
    return slice.sizes();
  }

  private static Shape joined(Move.Concat concat, List<Shape> operands) {
    int length = 0;
    for (Shape operand : operands) {
      int axis = operand.axis("concat", concat.axis());
      length += operand.get(axis);
      if (!operand.folded(axis).equals(operands.get(0).folded(axis))) {
        throw new ShapeException(
            "concat: shapes "
                + operands.get(0)
                + " and "
                + operand
                + " may differ in axis "
                + concat.axis()
                + " only");
      }
    }
    return operands.get(0).with(concat.axis(), length);
  }
}
