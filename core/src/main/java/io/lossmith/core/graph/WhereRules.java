package io.lossmith.core.graph;

import io.lossmith.core.op.Where;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Choices that are already made. */
final class WhereRules {
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
}
