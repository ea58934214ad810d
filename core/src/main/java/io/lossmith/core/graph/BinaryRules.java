package io.lossmith.core.graph;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Unary;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What can be said about an operation on two operands by looking at them. */
final class BinaryRules {
  private BinaryRules() {}

  /** f(number, number) is a number, worked out in double. */
  static @Nullable Node constant(Node node, Rewriter make) {
    return node.op() instanceof Binary op
            && node.operand(0).op() instanceof Leaf.Scalar a
            && node.operand(1).op() instanceof Leaf.Scalar b
        ? make.scalar(op.apply(a.value(), b.value()))
        : null;
  }

  static @Nullable Node rewrite(Node node, Rewriter make) {
    if (!(node.op() instanceof Binary op)) {
      return null;
    }
    Node a = node.operand(0);
    Node b = node.operand(1);
    return switch (op) {
      case ADD -> add(node, a, b, make);
      case SUBTRACT -> subtract(node, a, b, make);
      case MULTIPLY -> multiply(node, a, b, make);
      case DIVIDE -> divide(node, a, b, make);
      case POWER -> power(node, a, b, make);
      case MAXIMUM, MINIMUM -> a == b ? a : null;
      default -> null;
    };
  }

  /** x + 0 is x; a + (−b) is a − b. */
  private static @Nullable Node add(Node node, Node a, Node b, Rewriter make) {
    if (Rewriter.is(b, 0)) {
      return make.fitted(node, a);
    }
    if (Rewriter.is(a, 0)) {
      return make.fitted(node, b);
    }
    if (b.op() == Unary.NEGATE) {
      return make.node(node, Binary.SUBTRACT, a, b.operand(0));
    }
    return a.op() == Unary.NEGATE ? make.node(node, Binary.SUBTRACT, b, a.operand(0)) : null;
  }

  /** x − 0 is x; 0 − x is −x; a − (−b) is a + b. */
  private static @Nullable Node subtract(Node node, Node a, Node b, Rewriter make) {
    if (Rewriter.is(b, 0)) {
      return make.fitted(node, a);
    }
    if (Rewriter.is(a, 0)) {
      return make.fitted(node, make.node(node, Unary.NEGATE, b));
    }
    return b.op() == Unary.NEGATE ? make.node(node, Binary.ADD, a, b.operand(0)) : null;
  }

  /** Products with numbers, negations, reciprocals and itself. Never x·0: x may be NaN. */
  private static @Nullable Node multiply(Node node, Node a, Node b, Rewriter make) {
    if (a == b) {
      return make.node(node, Unary.SQUARE, a); // reads its operand once
    }
    OptionalDouble factor = Rewriter.constant(b);
    if (factor.isPresent()) {
      return scale(node, a, factor.getAsDouble(), make);
    }
    factor = Rewriter.constant(a);
    if (factor.isPresent()) {
      return scale(node, b, factor.getAsDouble(), make);
    }
    if (a.op() == Unary.NEGATE && b.op() == Unary.NEGATE) {
      return make.node(node, Binary.MULTIPLY, a.operand(0), b.operand(0));
    }
    Node known = a.shape().equals(b.shape()) ? null : knownProduct(node, a, b, make);
    if (known != null) {
      return known;
    }
    if (isQuotient(node, b, make)) {
      return make.node(node, Binary.DIVIDE, a, b.operand(0));
    }
    return isQuotient(node, a, make) ? make.node(node, Binary.DIVIDE, b, a.operand(0)) : null;
  }

  /**
   * (a·s)·b is (a·b)·s where a·b is there already. Where a·s is negligible, only if others read
   * a·b: that one product is then all there is to scale, and sums can be gathered around it.
   */
  private static @Nullable Node knownProduct(Node node, Node a, Node b, Rewriter make) {
    for (int side = 0; side < 2; side++) {
      ConstantMultiple scaled = ConstantMultiple.of(side == 0 ? a : b);
      Node product = scaled == null ? null : make.knownProduct(scaled.node(), side == 0 ? b : a);
      if (product != null && (make.isShared(product) || !ScaledSums.isSmall(scaled.node(), node))) {
        return make.node(node, Binary.MULTIPLY, product, make.scalar(scaled.factor()));
      }
    }
    return null;
  }

  /** a·(1/b) is a/b, unless 1/b is smaller than the product and so saves divisions. */
  private static boolean isQuotient(Node node, Node factor, Rewriter make) {
    return factor.op() == Unary.RECIPROCAL
        && factor.shape().equals(node.shape())
        && make.readOnce(factor);
  }

  /** x·1 is x, x·(−1) is −x, and numbers are gathered: (−x)·s is x·(−s), (x·r)·s is x·(r·s). */
  private static @Nullable Node scale(Node node, Node x, double factor, Rewriter make) {
    if (factor == 1) {
      return make.fitted(node, x);
    }
    if (factor == -1) {
      return make.fitted(node, make.node(node, Unary.NEGATE, x));
    }
    if (x.op() == Unary.NEGATE) {
      Node product = make.node(node, Binary.MULTIPLY, x.operand(0), make.scalar(-factor));
      return make.fitted(node, product);
    }
    if (x.op() == Unary.RECIPROCAL && make.readOnce(x)) {
      Node quotient = make.node(node, Binary.DIVIDE, make.scalar(factor), x.operand(0));
      return make.fitted(node, quotient);
    }
    ConstantMultiple scaled = ConstantMultiple.of(x);
    Node product = scaled == null ? null : scaled.times(factor, node, make);
    return product == null ? null : make.fitted(node, product);
  }

  /** Quotients by numbers become products only where that is exact: powers of two and x·r/s. */
  private static @Nullable Node divide(Node node, Node a, Node b, Rewriter make) {
    if (Rewriter.is(a, 1)) {
      return make.fitted(node, make.node(node, Unary.RECIPROCAL, b));
    }
    if (a.op() == Unary.NEGATE && b.op() == Unary.NEGATE) {
      return make.node(node, Binary.DIVIDE, a.operand(0), b.operand(0));
    }
    OptionalDouble divisor = Rewriter.constant(b);
    if (divisor.isEmpty()) {
      return null;
    }
    if (a.op() == Unary.NEGATE) {
      Node negative = make.scalar(-divisor.getAsDouble());
      return make.fitted(node, make.node(node, Binary.DIVIDE, a.operand(0), negative));
    }
    double factor = 1 / divisor.getAsDouble();
    if (isPowerOfTwo(divisor.getAsDouble())) {
      return make.fitted(node, make.node(node, Binary.MULTIPLY, a, make.scalar(factor)));
    }
    ConstantMultiple scaled = ConstantMultiple.of(a);
    Node product = scaled == null ? null : scaled.times(factor, node, make);
    return product == null ? null : make.fitted(node, product);
  }

  /** Tells whether dividing by this number is the same, to the bit, as multiplying by 1/it. */
  private static boolean isPowerOfTwo(double value) {
    return Math.abs(value) == Math.scalb(1.0, Math.getExponent(value))
        && Math.abs(Math.getExponent(value)) < 126;
  }

  /** A power by a small whole number costs a few products instead of a logarithm and an exp. */
  private static @Nullable Node power(Node node, Node a, Node b, Rewriter make) {
    OptionalDouble exponent = Rewriter.constant(b);
    if (exponent.isEmpty() || !a.shape().equals(node.shape())) {
      return null;
    }
    double value = exponent.getAsDouble();
    if (value == 0 && !Rewriter.checked(a)) {
      return make.fitted(node, make.scalar(1)); // NaN to the power 0 is 1 as well
    } else if (value == 1) {
      return a;
    } else if (value == 2) {
      return make.node(node, Unary.SQUARE, a);
    } else if (value == 3) {
      return make.node(node, Binary.MULTIPLY, a, make.node(node, Unary.SQUARE, a));
    } else if (value == -1) {
      return make.node(node, Unary.RECIPROCAL, a);
    } else if (value == 0.5 && UnaryRules.isNotNegative(a)) {
      return make.node(node, Unary.SQRT, a); // elsewhere −∞ would turn from ∞ into NaN
    }
    return null;
  }
}
