package io.lossmith.core.graph;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * a·g ± b·g is (a ± b)·g: one product less. Gradients are full of it, for all that flows back to
 * one place was scaled on the way by the same number.
 */
final class CommonFactor {
  private CommonFactor() {}

  /** Returns the shorter form of a sum or difference of two products that nothing else reads. */
  static @Nullable Node rewrite(Node node, Rewriter make) {
    if (node.op() != Binary.ADD && node.op() != Binary.SUBTRACT) {
      return null;
    }
    Node left = node.operand(0);
    Node right = node.operand(1);
    if (left == right || !make.readOnce(left) || !make.readOnce(right)) {
      return null;
    }
    if (left.op() != Binary.MULTIPLY || right.op() != Binary.MULTIPLY) {
      Node nearer = node.op() == Binary.ADD ? nearer(node, left, right, make) : null;
      return nearer != null || node.op() != Binary.ADD ? nearer : nearer(node, right, left, make);
    }
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        int sign = sign(left.operand(i), right.operand(j));
        if (sign != 0) {
          boolean sum = node.op() == Binary.ADD == sign > 0;
          List<Node> rest = List.of(left.operand(1 - i), right.operand(1 - j));
          Node joined =
              make.node(node, sum ? Binary.ADD : Binary.SUBTRACT, rest.get(0), rest.get(1));
          return make.fitted(node, make.node(node, Binary.MULTIPLY, joined, left.operand(i)));
        }
      }
    }
    return null;
  }

  /** a·g + (b·g + c) is (a·g + b·g) + c. */
  private static @Nullable Node nearer(Node node, Node product, Node sum, Rewriter make) {
    if (product.op() != Binary.MULTIPLY || sum.op() != Binary.ADD) {
      return null;
    }
    for (int side = 0; side < 2; side++) {
      Node other = sum.operand(side);
      if (other.op() == Binary.MULTIPLY
          && other.shape().equals(node.shape())
          && make.readOnce(other)
          && share(product, other)) {
        Node joined = make.node(node, Binary.ADD, product, other);
        return make.node(node, Binary.ADD, joined, sum.operand(1 - side));
      }
    }
    return null;
  }

  private static boolean share(Node product, Node other) {
    for (Node factor : product.operands()) {
      if (sign(factor, other.operand(0)) != 0 || sign(factor, other.operand(1)) != 0) {
        return true;
      }
    }
    return false;
  }

  /** 1 where two factors are the same, −1 where one number is minus the other, else 0. */
  private static int sign(Node a, Node b) {
    if (a == b) {
      return 1;
    }
    return a.op() instanceof Leaf.Scalar left
            && b.op() instanceof Leaf.Scalar right
            && left.value() == -right.value()
            && left.value() != 0
        ? -1
        : 0;
  }
}
