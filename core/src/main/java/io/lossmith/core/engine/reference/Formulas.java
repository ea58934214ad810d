package io.lossmith.core.engine.reference;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Opaque;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.Arrays;
import java.util.List;

/** What each operation does to arrays of doubles: one loop each, nothing clever. */
final class Formulas {
  private Formulas() {}

  /** Returns the values of a leaf; what it returns may be the caller's array. */
  static double[] leaf(Node node, double[][] inputs) {
    Leaf leaf = (Leaf) node.op();
    if (leaf instanceof Leaf.Input input) {
      return inputs[input.index()];
    }
    if (leaf instanceof Leaf.Scalar scalar) {
      return new double[] {(float) scalar.value()};
    }
    double[] out = new double[node.shape().count()];
    if (leaf instanceof Leaf.Data data) {
      Arrays.setAll(out, i -> data.values()[i]);
    } else {
      Arrays.setAll(out, i -> i); // iota: the only axis longer than 1 is its own
    }
    return out;
  }

  /** Returns the values of an operation; identities return their operand's array. */
  static double[] apply(Node node, double[][] operands) {
    Op op = node.op();
    Shape shape = node.shape();
    List<Shape> from = node.operands().stream().map(Node::shape).toList();
    if (op instanceof Alias || op instanceof Check || op instanceof Move.Reshape) {
      return operands[0];
    }
    double[] out = new double[shape.count()];
    if (op instanceof Unary unary) {
      Arrays.setAll(out, i -> unary.apply(operands[0][i]));
    } else if (op instanceof OutOfRange outOfRange) {
      Arrays.setAll(out, i -> outOfRange.apply(operands[0][i]));
    } else if (op instanceof Binary binary) {
      binary(binary, operands, from, shape, out);
    } else if (op instanceof Where where) {
      where(where, operands, from, shape, out);
    } else if (op instanceof Reduction reduction) {
      fold(reduction.fold(), operands[0], from.get(0), shape, out);
    } else if (op instanceof Opaque opaque) {
      opaque.evaluate(operands, from, out);
    } else {
      move((Move) op, operands, from, shape, out);
    }
    return out;
  }

  private static void binary(
      Binary op, double[][] operands, List<Shape> from, Shape shape, double[] out) {
    Offsets left = Offsets.broadcast(shape, from.get(0));
    Offsets right = Offsets.broadcast(shape, from.get(1));
    for (int i = 0; i < out.length; i++) {
      out[i] = op.apply(operands[0][left.next()], operands[1][right.next()]);
    }
  }

  private static void where(
      Where op, double[][] operands, List<Shape> from, Shape shape, double[] out) {
    Offsets condition = Offsets.broadcast(shape, from.get(0));
    Offsets chosen = Offsets.broadcast(shape, from.get(1));
    Offsets otherwise = Offsets.broadcast(shape, from.get(2));
    for (int i = 0; i < out.length; i++) {
      out[i] =
          op.apply(
              operands[0][condition.next()],
              operands[1][chosen.next()],
              operands[2][otherwise.next()]);
    }
  }

  private static void fold(Fold fold, double[] operand, Shape from, Shape shape, double[] out) {
    Arrays.fill(out, fold.start());
    Offsets target = Offsets.broadcast(from, shape); // folded axes have size 1: stride 0
    for (double value : operand) {
      int at = target.next();
      out[at] = fold.apply(out[at], value);
    }
  }

  private static void move(
      Move move, double[][] operands, List<Shape> from, Shape shape, double[] out) {
    Shape first = from.get(0);
    if (move instanceof Move.Broadcast) {
      load(operands[0], Offsets.broadcast(shape, first), out);
    } else if (move instanceof Move.Permute permute) {
      load(operands[0], Offsets.permuted(shape, first, permute.axes()), out);
    } else if (move instanceof Move.Slice slice) {
      load(operands[0], Offsets.boxed(shape, first, slice.starts()), out);
    } else if (move instanceof Move.Flip flip) {
      load(operands[0], Offsets.flipped(shape, flip.axes()), out);
    } else if (move instanceof Move.Pad pad) {
      store(operands[0], Offsets.boxed(first, shape, pad.before()), out);
    } else {
      concat(((Move.Concat) move).axis(), operands, from, shape, out);
    }
  }

  private static void concat(
      int axis, double[][] operands, List<Shape> from, Shape shape, double[] out) {
    Integer[] start = new Integer[shape.rank()];
    Arrays.fill(start, 0);
    for (int i = 0; i < operands.length; i++) {
      store(operands[i], Offsets.boxed(from.get(i), shape, List.of(start)), out);
      start[axis] += from.get(i).get(axis);
    }
  }

  private static void load(double[] operand, Offsets places, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = operand[places.next()];
    }
  }

  private static void store(double[] operand, Offsets places, double[] out) {
    for (double value : operand) {
      out[places.next()] = value;
    }
  }
}
