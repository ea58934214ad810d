package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.Arrays;
import java.util.List;

/** What the planner asks of a node, whatever is decided about it. */
final class NodeTraits {
  private NodeTraits() {}

  /** Tells whether a node stands for its first operand. */
  static boolean isIdentity(Node node) {
    return node.op() instanceof Check || node.op() instanceof Alias;
  }

  static boolean isElementwise(Node node) {
    return node.op() instanceof Unary
        || node.op() instanceof Binary
        || node.op() instanceof Where
        || node.op() instanceof OutOfRange;
  }

  /** Tells whether a node is computed place by place, if nothing else is decided. */
  static boolean isComputed(Node node) {
    return isElementwise(node) || node.op() instanceof Reduction;
  }

  /**
   * Tells whether a move only adds, drops or repeats axes of size 1, or changes their order, so
   * that loops can see through.
   */
  static boolean isTransparent(Node node) {
    return node.op() instanceof Move.Broadcast
        || node.op() instanceof Move.Permute
        || (node.op() instanceof Move.Reshape
            && Arrays.equals(nonUnit(node.shape()), nonUnit(node.operand(0).shape())));
  }

  private static int[] nonUnit(Shape shape) {
    return Arrays.stream(shape.toArray()).filter(size -> size != 1).toArray();
  }

  /** Returns the operands that a node's value needs: not what an alias says. */
  static List<Node> read(Node node) {
    return isIdentity(node) ? node.operands().subList(0, 1) : node.operands();
  }

  /** Returns the node whose row-major elements are those of {@code node}. */
  static Node behind(Node node) {
    Node found = node;
    while (found.op() instanceof Move.Reshape || isIdentity(found)) {
      found = found.operand(0);
    }
    return found;
  }

  /** Returns the node that moves and identities have brought to where {@code node} is. */
  static Node moved(Node node) {
    Node found = node;
    while (isIdentity(found)
        || found.op() instanceof Move
            && !(found.op() instanceof Move.Pad)
            && !(found.op() instanceof Move.Concat)) {
      found = found.operand(0);
    }
    return found;
  }
}
