package io.lossmith.core.graph;

import io.lossmith.core.op.Binary;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A node that is another one of the same shape times a number. */
record Scaled(Node node, double factor) {
  /** Returns the parts of x·s, s·x and x/s, or null where a node is none of them. */
  static @Nullable Scaled of(Node node) {
    if (node.op() != Binary.MULTIPLY && node.op() != Binary.DIVIDE) {
      return null;
    }
    Node left = node.operand(0);
    Node right = node.operand(1);
    OptionalDouble factor = Rewriter.constant(right);
    if (factor.isPresent() && left.shape().equals(node.shape())) {
      boolean product = node.op() == Binary.MULTIPLY;
      return new Scaled(left, product ? factor.getAsDouble() : 1 / factor.getAsDouble());
    }
    factor = Rewriter.constant(left);
    return factor.isPresent() && node.op() == Binary.MULTIPLY && right.shape().equals(node.shape())
        ? new Scaled(right, factor.getAsDouble())
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
