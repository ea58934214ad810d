package io.lossmith.core.graph;

import io.lossmith.core.Shape;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Broadcasts and reshapes around elementwise operations. Broadcasts rise, because an operation is
 * cheaper before its operands are repeated, and vanish where the operation repeats them anyway;
 * reshapes sink to the leaves, where they cost nothing, so that fused loops have one shape.
 */
final class ShapeRules {
  private ShapeRules() {}

  /** f(broadcast x, y) is f(x, y), broadcast once more where y alone is smaller. */
  static @Nullable Node broadcastIsImplicit(Node node, Rewriter make) {
    if (!(node.op() instanceof ElementwiseOp)
        || node.operands().stream().noneMatch(n -> n.op() instanceof Move.Broadcast)) {
      return null;
    }
    List<Node> operands = node.operands().stream().map(ShapeRules::source).toList();
    return make.fitted(node, make.with(node, operands));
  }

  private static Node source(Node node) {
    return node.op() instanceof Move.Broadcast ? node.operand(0) : node;
  }

  /** f(reshape x, y) is f(x, y) where the reshape only matches axes that match by themselves. */
  static @Nullable Node reshapeIsImplicit(Node node, Rewriter make) {
    if (!(node.op() instanceof ElementwiseOp)) {
      return null;
    }
    for (int i = 0; i < node.operands().size(); i++) {
      Node operand = node.operand(i);
      if (!(operand.op() instanceof Move.Reshape)
          || !repeatsAlike(operand.operand(0).shape(), operand.shape())) {
        continue;
      }
      List<Node> operands = new ArrayList<>(node.operands());
      operands.set(i, operand.operand(0));
      if (common(operands).equals(node.shape())) {
        return make.with(node, operands);
      }
    }
    return null;
  }

  /** Tells whether two shapes broadcast alike: they differ by leading axes of size 1 only. */
  private static boolean repeatsAlike(Shape a, Shape b) {
    return a.count() == 1 && b.count() == 1 || trimmed(a).equals(trimmed(b));
  }

  private static Shape trimmed(Shape shape) {
    int lead = 0;
    while (lead < shape.rank() && shape.get(lead) == 1) {
      lead++;
    }
    int[] axes = new int[lead];
    for (int axis = 0; axis < lead; axis++) {
      axes[axis] = axis;
    }
    return shape.without(axes);
  }

  private static Shape common(List<Node> operands) {
    Shape common = Shape.SCALAR;
    for (Node operand : operands) {
      common = Shape.broadcast("simplifier", common, operand.shape());
    }
    return common;
  }

  /** A reshape of a reshape is one; to the same shape, none; of data, other data. */
  static @Nullable Node reshape(Node node, Move.Reshape reshape, Rewriter make) {
    Node x = node.operand(0);
    if (x.shape().equals(node.shape())) {
      return x;
    }
    if (x.op() instanceof Move.Reshape) {
      return make.node(node, reshape, x.operand(0));
    }
    if (x.op() instanceof Leaf.Data) {
      return make.leaf(x.op(), node.shape());
    }
    if (x.shape().rank() == 0) {
      return make.node(node, new Move.Broadcast(node.shape()), x); // broadcasts rise
    }
    UnitAxes units = UnitAxes.between(x.shape(), node.shape());
    if (units != null && x.op() instanceof Leaf.Iota iota && units.target(iota.axis()) >= 0) {
      return make.leaf(new Leaf.Iota(units.target(iota.axis())), node.shape());
    }
    if (x.op() instanceof Move.Broadcast) {
      return reshapedBroadcast(node, x.operand(0), units, make);
    }
    return null;
  }

  /** reshape(broadcast x) is broadcast(reshape x) where that is clear: the source is smaller. */
  private static @Nullable Node reshapedBroadcast(
      Node node, Node source, @Nullable UnitAxes units, Rewriter make) {
    Move.Broadcast broadcast = new Move.Broadcast(node.shape());
    if (source.shape().count() == 1) {
      return make.node(node, broadcast, single(source, make));
    }
    return units == null ? null : make.node(node, broadcast, units.applied(source, make));
  }

  /** reshape(f(a, b)) is f(reshape a, reshape b), unless f(a, b) is needed as it is too. */
  static @Nullable Node reshapeSinks(Node node, Rewriter make) {
    if (!(node.op() instanceof Move.Reshape)) {
      return null;
    }
    Node f = node.operand(0);
    if (!(f.op() instanceof ElementwiseOp) || !make.readOnce(f) || f.shape().count() == 0) {
      return null;
    }
    UnitAxes units = UnitAxes.between(f.shape(), node.shape());
    boolean plain =
        f.operands().stream().allMatch(x -> x.shape().count() == 1 || x.shape().equals(f.shape()));
    if (!plain && units == null) {
      return null;
    }
    List<Node> operands = new ArrayList<>();
    for (Node x : f.operands()) {
      if (x.shape().count() == 1 && f.shape().count() > 1) {
        operands.add(single(x, make));
      } else if (x.shape().equals(f.shape()) || units == null) {
        operands.add(make.node(x, new Move.Reshape(node.shape()), x));
      } else {
        operands.add(units.applied(x, make));
      }
    }
    return make.fitted(node, make.with(f, operands));
  }

  private static Node single(Node x, Rewriter make) {
    return x.shape().rank() == 0 ? x : make.node(x, new Move.Reshape(Shape.SCALAR), x);
  }

  /**
   * A broadcast of a broadcast is one; to the same shape, none; before it, no axis need be added.
   */
  static @Nullable Node broadcast(Node node, Move.Broadcast broadcast, Rewriter make) {
    Node x = node.operand(0);
    if (x.shape().equals(node.shape())) {
      return x;
    }
    if (x.op() instanceof Move.Broadcast
        || x.op() instanceof Move.Reshape
            && repeatsAlike(x.operand(0).shape(), x.shape())
            && x.operand(0).shape().rank() <= node.shape().rank()) {
      return make.node(node, broadcast, x.operand(0));
    }
    return x.shape().rank() > 0 && x.shape().count() == node.shape().count()
        ? make.node(node, new Move.Reshape(node.shape()), x)
        : null;
  }
}
