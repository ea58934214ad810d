package io.lossmith.autodiff;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic for gradients: as on {@link Tensor}, but what is known beforehand is done at once, so
 * that no operations are built that do nothing. A gradient starts as the number 1 and often stays a
 * number for a while.
 */
final class FoldingArithmetic {
  private FoldingArithmetic() {}

  static @Nullable Double number(Tensor x) {
    return x.node().op() instanceof Leaf.Scalar scalar ? scalar.value() : null;
  }

  static Tensor times(Tensor a, Tensor b) {
    Double left = number(a);
    Double right = number(b);
    if (left != null && right != null) {
      return Creation.scalar(left * right);
    }
    return left != null ? times(b, left) : right != null ? times(a, right) : a.times(b);
  }

  static Tensor times(Tensor a, double b) {
    Double left = number(a);
    if (left != null) {
      return Creation.scalar(left * b);
    }
    return b == 1 ? a : b == -1 ? a.unaryMinus() : a.times(b);
  }

  static Tensor div(Tensor a, Tensor b) {
    Double left = number(a);
    Double right = number(b);
    if (left != null && right != null) {
      return Creation.scalar(left / right);
    }
    return right != null && right == 1 ? a : left != null && left == 1 ? b.reciprocal() : a.div(b);
  }

  static Tensor negate(Tensor a) {
    return times(a, -1);
  }

  /** Two contributions with the same factor, but for its sign, share the multiplication. */
  static Tensor plus(Tensor a, Tensor b) {
    Double left = number(a);
    Double right = number(b);
    if (left != null && right != null) {
      return Creation.scalar(left + right);
    }
    Double one = factor(a);
    Double other = factor(b);
    if (one == null || other == null || Math.abs(one) != Math.abs(other)) {
      return a.plus(b);
    }
    Tensor x = new Tensor(a.node().operand(0));
    Tensor y = new Tensor(b.node().operand(0));
    return one.equals(other) ? x.plus(y).times(one) : x.minus(y).times(one);
  }

  /** Returns the number by which {@link #times(Tensor, double)} has multiplied, or null. */
  private static @Nullable Double factor(Tensor x) {
    Node node = x.node();
    return node.op() == Binary.MULTIPLY && node.operand(1).op() instanceof Leaf.Scalar scalar
        ? scalar.value()
        : null;
  }
}
