package io.lossmith.core.plan;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Identity;
import io.lossmith.core.op.Move;
import java.util.List;

/** What the planner asks of a node, whatever is decided about it. */
final class NodeTraits {
  private NodeTraits() {}

  /** Tells whether a node is computed place by place, if nothing else is decided. */
  static boolean isComputed(Node node) {
    return node.op() instanceof ElementwiseOp || node.op() instanceof AxisFold;
  }

  /** Returns the operands that a node's value needs: not what an alias says. */
  static List<Node> read(Node node) {
    return node.op() instanceof Identity ? node.operands().subList(0, 1) : node.operands();
  }

  /** Returns the node whose row-major elements are those of {@code node}. */
  static Node behind(Node node) {
    Node found = node;
    while (found.op() instanceof Move.Reshape || found.op() instanceof Identity) {
      found = found.operand(0);
    }
    return found;
  }

  /** Returns the node that moves and identities have brought to where {@code node} is. */
  static Node moved(Node node) {
    Node found = node;
    while (found.op() instanceof Move.Picking || found.op() instanceof Identity) {
      found = found.operand(0);
    }
    return found;
  }
}
