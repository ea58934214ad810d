package io.lossmith.core.graph;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fold takes out of a product, a quotient or a negation: the factor that is the same along
 * the folded axes. The rest is folded.
 *
 * @param op what joins the two again: negation, multiplication or division
 * @param by the other operand of {@code op}, the same along the axes; null for a negation
 * @param rest the operand that has the axes
 */
record InvariantFactor(Op op, @Nullable Node by, Node rest) {
  private static final int DEPTH = 8;

  /** Returns the parts of {@code x}, or null where there is nothing to take out. */
  static @Nullable InvariantFactor of(Node x, List<Integer> axes, Rewriter make) {
    return of(x, axes, make, 0);
  }

  private static @Nullable InvariantFactor of(
      Node x, List<Integer> axes, Rewriter make, int depth) {
    if (x.op() == Unary.NEGATE) {
      return new InvariantFactor(Unary.NEGATE, null, x.operand(0));
    }
    if (x.op() != Binary.MULTIPLY && x.op() != Binary.DIVIDE) {
      return null;
    }
    Node a = x.operand(0);
    Node b = x.operand(1);
    boolean product = x.op() == Binary.MULTIPLY;
    if (hasAxes(a, x, axes)) {
      if (isSame(b, x, axes)) {
        return new InvariantFactor(x.op(), b, a);
      }
      InvariantFactor inner =
          depth < DEPTH && make.readOnce(a) ? of(a, axes, make, depth + 1) : null;
      if (inner != null) {
        return new InvariantFactor(inner.op(), inner.by(), make.node(x, x.op(), inner.rest(), b));
      }
    }
    if (product && hasAxes(b, x, axes)) {
      if (isSame(a, x, axes)) {
        return new InvariantFactor(x.op(), a, b);
      }
      InvariantFactor inner =
          depth < DEPTH && make.readOnce(b) ? of(b, axes, make, depth + 1) : null;
      if (inner != null) {
        return new InvariantFactor(inner.op(), inner.by(), make.node(x, x.op(), a, inner.rest()));
      }
    }
    return null;
  }

  /** Tells whether an operand of {@code x} has the axes at full length. */
  private static boolean hasAxes(Node operand, Node x, List<Integer> axes) {
    return operand.shape().rank() == x.shape().rank()
        && axes.stream().allMatch(axis -> operand.shape().get(axis) == x.shape().get(axis));
  }

  /** Tells whether an operand of {@code x} is repeated along all of the axes. */
  private static boolean isSame(Node operand, Node x, List<Integer> axes) {
    int lead = x.shape().rank() - operand.shape().rank();
    return axes.stream().allMatch(axis -> axis < lead || operand.shape().get(axis - lead) == 1);
  }
}
