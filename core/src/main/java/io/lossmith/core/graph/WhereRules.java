package io.lossmith.core.graph;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Choices that are already made, and choices between little. */
final class WhereRules {
  /** 0 times a number below this is 0 in float. */
  private static final double SAFE = Float.MAX_VALUE;

  /** How many times fewer than what is chosen must there be to choose from. */
  private static final int FEWER = 4;

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
    if (chosen == otherwise) {
      return Rewriter.checked(condition) ? null : make.fitted(node, chosen);
    }
    if (Rewriter.is(chosen, 0) && isNotBelow0(condition, otherwise)) {
      return make.fitted(node, make.node(node, Binary.MINIMUM, otherwise, chosen));
    }
    if (Rewriter.is(otherwise, 0) && isMultiple(chosen, condition)) {
      return make.fitted(node, chosen);
    }
    Node once = again(node, condition, chosen, otherwise, make);
    return once == null ? inOne(node, condition, chosen, otherwise, make) : once;
  }

  /** Tells whether a condition is that two others hold, as {@link #inOne} writes it. */
  static boolean isConjunction(Node condition) {
    return condition.op() instanceof Where && Rewriter.is(condition.operand(2), 0);
  }

  /**
   * where(a, where(b, x, k), k) is where(where(a, b, 0), x, k): one choice less among many elements
   * where both conditions are the same for some of them, as at all classes of a pixel.
   */
  private static @Nullable Node inOne(
      Node node, Node condition, Node chosen, Node otherwise, Rewriter make) {
    if (!(chosen.op() instanceof Where)
        || !make.readOnce(chosen)
        || !Rewriter.constant(otherwise).equals(Rewriter.constant(chosen.operand(2)))
        || Rewriter.constant(otherwise).isEmpty()) {
      return null;
    }
    Node both = make.node(node, node.op(), condition, chosen.operand(0), make.scalar(0));
    return 2L * both.shape().count() <= node.shape().count()
        ? make.fitted(node, make.node(node, node.op(), both, chosen.operand(1), otherwise))
        : null;
  }

  /** Tells whether a condition is that 0 ≤ x; where it does not hold, x is below 0 or NaN. */
  private static boolean isNotBelow0(Node condition, Node x) {
    return condition.op() == Binary.LESS_EQUAL
        && Rewriter.is(condition.operand(0), 0)
        && condition.operand(1) == x;
  }

  /** Tells whether a node is 0 just where the condition is: the condition times a number. */
  private static boolean isMultiple(Node node, Node condition) {
    ConstantMultiple scaled = ConstantMultiple.of(node);
    double factor = scaled == null ? 1 : scaled.factor();
    return (scaled == null ? node : scaled.node()) == condition && Math.abs(factor) < SAFE;
  }

  /** where(c, where(c, x, y), z) is where(c, x, z), and so on the other side. */
  private static @Nullable Node again(
      Node node, Node condition, Node chosen, Node otherwise, Rewriter make) {
    if (isChoiceBy(condition, chosen) && !Rewriter.checked(chosen.operand(2))) {
      return make.fitted(node, make.node(node, node.op(), condition, chosen.operand(1), otherwise));
    }
    return isChoiceBy(condition, otherwise) && !Rewriter.checked(otherwise.operand(1))
        ? make.fitted(node, make.node(node, node.op(), condition, chosen, otherwise.operand(2)))
        : null;
  }

  /**
   * where(c, x, 0) + where(c, 0, y) is where(c, x, y): gradients of a choice come in two halves.
   */
  static @Nullable Node halves(Node node, Rewriter make) {
    if (node.op() != Binary.ADD) {
      return null;
    }
    for (int side = 0; side < 2; side++) {
      Node a = node.operand(side);
      Node b = node.operand(1 - side);
      if (a.op() instanceof Where
          && isChoiceBy(a.operand(0), b)
          && Rewriter.is(a.operand(2), 0)
          && Rewriter.is(b.operand(1), 0)) {
        Node x = a.operand(1);
        return make.fitted(node, make.node(node, a.op(), a.operand(0), x, b.operand(2)));
      }
    }
    return null;
  }

  private static boolean isChoiceBy(Node condition, Node node) {
    return node.op() instanceof Where && node.operand(0) == condition;
  }

  /**
   * f(where(c, a, b), s) is where(c, f(a, s), f(b, s)) where all but c is so much smaller that f is
   * better applied to that: numbers for each class, say, chosen at each pixel. In place of s there
   * may be another choice by c; that saves a choice, so then it is enough if they are smaller.
   */
  static @Nullable Node intoChoice(Node node, Rewriter make) {
    if (!(node.op() instanceof Unary) && !(node.op() instanceof Binary)) {
      return null;
    }
    for (Node where : node.operands()) {
      if (where.op() instanceof Where && where.shape().equals(node.shape())) {
        Node condition = where.operand(0);
        boolean choices = node.operands().stream().allMatch(o -> isChoiceBy(condition, o));
        int times = choices && node.operands().size() > 1 ? FEWER : ScaledSums.SMALLER;
        if (node.operands().stream().allMatch(o -> isOfLittle(o, condition, node, times, make))) {
          Node chosen = arm(node, condition, 1, make);
          return make.node(where, where.op(), condition, chosen, arm(node, condition, 2, make));
        }
      }
    }
    return null;
  }

  /** Tells whether an operand is small, or a choice between such that nobody else reads. */
  private static boolean isOfLittle(
      Node operand, Node condition, Node node, int times, Rewriter make) {
    return isChoiceBy(condition, operand)
        ? make.readOnce(operand)
            && isSmaller(operand.operand(1), times, node)
            && isSmaller(operand.operand(2), times, node)
        : isSmaller(operand, times, node);
  }

  private static boolean isSmaller(Node operand, int times, Node node) {
    return (long) operand.shape().count() * times <= node.shape().count();
  }

  /** Returns the node for one side of a choice. */
  private static Node arm(Node node, Node condition, int side, Rewriter make) {
    return make.node(
        node,
        node.op(),
        node.operands().stream()
            .map(operand -> isChoiceBy(condition, operand) ? operand.operand(side) : operand)
            .toArray(Node[]::new));
  }
}
