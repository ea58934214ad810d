package io.lossmith.core.graph;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Unary;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What can be said about an operation on one operand by looking at that operand. */
final class UnaryRules {
  private UnaryRules() {}

  /** f(number) is a number. */
  static @Nullable Node constant(Node node, Rewriter make) {
    return node.op() instanceof Unary op && node.operand(0).op() instanceof Leaf.Scalar scalar
        ? make.scalar(op.apply(scalar.value()))
        : null;
  }

  static @Nullable Node rewrite(Node node, Rewriter make) {
    if (!(node.op() instanceof Unary op)) {
      return null;
    }
    Node x = node.operand(0);
    return switch (op) {
      case NEGATE -> negate(node, x, make);
      case ABS -> isNotNegative(x) ? x : signless(node, x, make);
      case SQUARE -> signless(node, x, make);
      case RELU -> isNotNegative(x) ? x : null;
      default -> null;
    };
  }

  /** −(−x) is x; −(a − b) is b − a; −(s·x) is (−s)·x, −(x/s) is x/(−s): each saves the negation. */
  private static @Nullable Node negate(Node node, Node x, Rewriter make) {
    if (x.op() == Unary.NEGATE) {
      return x.operand(0);
    }
    if (!make.readOnce(x)) {
      return null; // x would be computed beside its negative
    }
    if (x.op() == Binary.SUBTRACT) {
      return make.node(node, Binary.SUBTRACT, x.operand(1), x.operand(0));
    }
    if (x.op() == Binary.DIVIDE && x.operand(1).op() instanceof Leaf.Scalar divisor) {
      Node negative = make.scalar(-divisor.value());
      return make.node(node, Binary.DIVIDE, x.operand(0), negative);
    }
    ConstantMultiple scaled = ConstantMultiple.of(x);
    return scaled == null ? null : scaled.times(-1, node, make);
  }

  /** |−x| is |x|, (−x)² is x², |x|² is x². */
  private static @Nullable Node signless(Node node, Node x, Rewriter make) {
    return x.op() == Unary.NEGATE || x.op() == Unary.ABS
        ? make.node(node, node.op(), x.operand(0))
        : null;
  }

  /** Tells whether no element can be below 0; NaN may be among them. */
  static boolean isNotNegative(Node node) {
    OptionalDouble constant = Rewriter.constant(node);
    if (constant.isPresent()) {
      return constant.getAsDouble() >= 0;
    }
    return node.op() instanceof Unary op && op.isNotNegative();
  }
}
