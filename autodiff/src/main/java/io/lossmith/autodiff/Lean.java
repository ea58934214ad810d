package io.lossmith.autodiff;

import io.lossmith.core.op.Leaf;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic for gradients: as on {@link Tensor}, but what is known beforehand is done at once, so
 * that no operations are built that do nothing. A gradient starts as the number 1 and often stays a
 * number for a while.
 */
final class Lean {
  private Lean() {}

  static @Nullable Double number(Tensor x) {
    return x.node().op() instanceof Leaf.Scalar scalar ? scalar.value() : null;
  }

  static Tensor times(Tensor a, Tensor b) {
    Double left = number(a);
    Double right = number(b);
    if (left != null && right != null) {
      return Making.scalar(left * right);
    }
    return left != null ? times(b, left) : right != null ? times(a, right) : a.times(b);
  }

  static Tensor times(Tensor a, double b) {
    Double left = number(a);
    if (left != null) {
      return Making.scalar(left * b);
    }
    return b == 1 ? a : b == -1 ? a.unaryMinus() : a.times(b);
  }

  static Tensor div(Tensor a, Tensor b) {
    Double left = number(a);
    Double right = number(b);
    if (left != null && right != null) {
      return Making.scalar(left / right);
    }
    return right != null && right == 1 ? a : left != null && left == 1 ? b.reciprocal() : a.div(b);
  }

  static Tensor negate(Tensor a) {
    return times(a, -1);
  }

  static Tensor plus(Tensor a, Tensor b) {
    Double left = number(a);
    Double right = number(b);
    return left != null && right != null ? Making.scalar(left + right) : a.plus(b);
  }
}
