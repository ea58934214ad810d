package io.lossmith.core.graph;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Choices that are already made, and choices between little. */
final class WhereRules {
  private static final int SMALLER = 16;

  private WhereRules() {}

  /** A choice by a number, or between equals, is no choice; only checks must not get lost. */
  static @Nullable Node rewrite(Node node, Rewriter make) {
    if (!(node.op() instanceof Where)) {
      return null;
    }
    Node condition = node.operand(0);
    Node chosen = node.operand(1);
    Node otherwise = node.operand(2);
    OptionalDouble constant = Rewriter.constant(condition);
    if (constant.isPresent()) {
      boolean first = constant.getAsDouble() != 0;
      return Rewriter.checked(first ? otherwise : chosen)
          ? null
          : make.fitted(node, first ? chosen : otherwise);
    }
    return chosen == otherwise && !Rewriter.checked(condition) ? make.fitted(node, chosen) : null;
  }

  /**
   * f(where(c, a, b), s) is where(c, f(a, s), f(b, s)) where all but c is so much smaller that f is
   * better applied to that: numbers for each class, say, chosen at each pixel.
   */
  static @Nullable Node intoChoice(Node node, Rewriter make) {
    boolean unary = node.op() instanceof Unary;
    if (!unary && !(node.op() instanceof Binary)) {
      return null;
    }
    for (int side = 0; side < node.operands().size(); side++) {
      Node where = node.operand(side);
      if (!(where.op() instanceof Where)
          || !make.readOnce(where)
          || !where.shape().equals(node.shape())
          || !isSmall(where.operand(1), node)
          || !isSmall(where.operand(2), node)
          || !unary && !isSmall(node.operand(1 - side), node)) {
        continue;
      }
      Node[] arms = new Node[2];
      for (int arm = 0; arm < 2; arm++) {
        List<Node> operands = new ArrayList<>(node.operands());
        operands.set(side, where.operand(1 + arm));
        arms[arm] = make.node(node, node.op(), operands.toArray(Node[]::new));
      }
      return make.node(where, where.op(), where.operand(0), arms[0], arms[1]);
    }
    return null;
  }

  private static boolean isSmall(Node node, Node beside) {
    return (long) node.shape().count() * SMALLER <= beside.shape().count();
  }
}
