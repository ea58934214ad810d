package io.lossmith.core.graph;

import io.lossmith.core.op.Binary;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A product or quotient taken apart into a node of its shape and a number: x·s, s·x and x/s.
 *
 * @param node x
 * @param factor s, or 1/s
 */
record ConstantMultiple(Node node, double factor) {
  /** Returns the parts, or null where a node is none of these. */
  static @Nullable ConstantMultiple of(Node node) {
    if (node.op() != Binary.MULTIPLY && node.op() != Binary.DIVIDE) {
      return null;
    }
    Node left = node.operand(0);
    Node right = node.operand(1);
    OptionalDouble factor = Rewriter.constant(right);
    if (factor.isPresent() && left.shape().equals(node.shape())) {
      boolean product = node.op() == Binary.MULTIPLY;
      return new ConstantMultiple(left, product ? factor.getAsDouble() : 1 / factor.getAsDouble());
    }
    factor = Rewriter.constant(left);
    return factor.isPresent() && node.op() == Binary.MULTIPLY && right.shape().equals(node.shape())
        ? new ConstantMultiple(right, factor.getAsDouble())
        : null;
  }

  /**
   * Returns this times another number as one product, in place of {@code old}; null where the two
   * numbers together leave the range in which floats are exact to 24 bits.
   */
  @Nullable Node times(double other, Node old, Rewriter make) {
    double product = factor * other;
    boolean fits = Math.abs(product) >= Float.MIN_NORMAL && Math.abs(product) <= Float.MAX_VALUE;
    return fits ? make.node(old, Binary.MULTIPLY, node, make.scalar(product)) : null;
  }
}
