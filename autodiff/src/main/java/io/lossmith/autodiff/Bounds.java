package io.lossmith.autodiff;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Between which numbers the elements of a node lie, unless they are NaN, as far as its formula
 * tells: a sigmoid plus 1 is never 0, so nothing divided by it needs care.
 */
final class Bounds {
  /** How far formulas are followed: what keeps a divisor from 0 stands close to it. */
  private static final int DEPTH = 24;

  private static final Range ANY = new Range(-1 / 0.0, 1 / 0.0, false);

  /** The greatest exponent whose power of e is finite in float, rounded down. */
  private static final double GREATEST_EXPONENT = 88;

  private final Map<Node, Range> known = new IdentityHashMap<>();

  /**
   * An interval.
   *
   * @param neverZero whether 0 is known to be left out of it
   */
  private record Range(double low, double high, boolean neverZero) {
    /** Takes care of what float has no numbers for. */
    static Range of(double low, double high, boolean neverZero) {
      double l = Double.isNaN(low) || low == 1 / 0.0 ? -1 / 0.0 : low;
      double h = Double.isNaN(high) || high == -1 / 0.0 ? 1 / 0.0 : high;
      l = l > 0 && l < Float.MIN_NORMAL ? 0 : l;
      h = h < 0 && h > -Float.MIN_NORMAL ? 0 : h;
      return new Range(l, h, neverZero || l > 0 || h < 0);
    }

    static Range of(double low, double high) {
      return of(low, high, false);
    }

    Range or(Range other) {
      return of(Math.min(low, other.low), Math.max(high, other.high), neverZero && other.neverZero);
    }
  }

  /** Tells whether an element may be 0. */
  boolean mayBeZero(Tensor x) {
    return !of(x.node(), 0).neverZero;
  }

  /** Tells whether an element may be −1 or so near that 1 more is 0. */
  boolean mayBeMinusOne(Tensor x) {
    Range range = of(x.node(), 0);
    return range.low < -1 + 1e-6 && range.high > -1 - 1e-6;
  }

  /** Tells whether e to the power of an element may be infinite. */
  boolean mayOverflow(Tensor exponent) {
    return of(exponent.node(), 0).high > GREATEST_EXPONENT;
  }

  private Range of(Node node, int depth) {
    Range range = known.get(node);
    if (range == null) {
      range = depth > DEPTH ? ANY : found(node, depth + 1);
      known.put(node, range);
    }
    return range;
  }

  private Range found(Node node, int depth) {
    Op op = node.op();
    if (op instanceof Leaf.Scalar scalar) {
      return Range.of(scalar.value(), scalar.value(), scalar.value() != 0);
    }
    if (op instanceof Leaf.Iota iota) {
      return Range.of(0, node.shape().get(iota.axis()));
    }
    if (op instanceof Alias || (op instanceof Move && keeps((Move) op))) {
      return of(node.operand(0), depth);
    }
    if (op instanceof Check check && check.range().except() == null) {
      Range x = of(node.operand(0), depth);
      double low = Math.max(x.low, check.range().low());
      return Range.of(low, Math.min(x.high, check.range().high()), x.neverZero);
    }
    if (op instanceof Unary unary) {
      return unary(unary, of(node.operand(0), depth));
    }
    if (op instanceof Binary binary) {
      return binary(binary, node, depth);
    }
    if (op instanceof Where) {
      Node condition = node.operand(0);
      Range chosen = told(condition, true, node.operand(1), of(node.operand(1), depth));
      return chosen.or(told(condition, false, node.operand(2), of(node.operand(2), depth)));
    }
    return op instanceof Reduction fold ? fold(fold, node, depth) : ANY;
  }

  private static boolean keeps(Move move) {
    return !(move instanceof Move.Pad || move instanceof Move.Concat);
  }

  private static Range unary(Unary op, Range x) {
    return switch (op) {
      case NEGATE -> Range.of(-x.high, -x.low, x.neverZero);
      case ABS ->
          Range.of(
              Math.max(0, Math.max(x.low, -x.high)),
              Math.max(Math.abs(x.low), Math.abs(x.high)),
              x.neverZero);
      case SIGN, TANH -> Range.of(-1, 1);
      case RELU -> Range.of(Math.max(0, x.low), Math.max(0, x.high));
      case SQUARE -> {
        double least = Math.max(0, Math.max(x.low, -x.high));
        yield Range.of(least * least, 1 / 0.0);
      }
      case SQRT -> Range.of(Math.sqrt(Math.max(0, x.low)), Math.sqrt(x.high), x.neverZero);
      case RECIPROCAL -> x.low > 0 ? Range.of(1 / x.high, 1 / x.low) : ANY;
      case EXP -> Range.of(Math.exp(x.low), Math.exp(x.high));
      case LOG -> x.low > 0 ? Range.of(Math.log(x.low), Math.log(x.high)) : ANY;
      case LOG1P -> x.low > -1 ? Range.of(Math.log1p(x.low), Math.log1p(x.high)) : ANY;
      case SIGMOID -> Range.of(op.apply(x.low), 1);
      case SOFTPLUS -> Range.of(op.apply(x.low), 1 / 0.0);
      case ATAN -> Range.of(-Math.PI / 2, Math.PI / 2);
      case FLOOR, RINT -> Range.of(op.apply(x.low), op.apply(x.high));
    };
  }

  private Range binary(Binary op, Node node, int depth) {
    Range a = of(node.operand(0), depth);
    Range b = of(node.operand(1), depth);
    return switch (op) {
      case ADD -> Range.of(a.low + b.low, a.high + b.high);
      case SUBTRACT ->
          Range.of(
              a.low - b.high, isGreatestOf(node.operand(1), node.operand(0)) ? 0 : a.high - b.low);
      case MULTIPLY -> node.operand(0) == node.operand(1) ? unary(Unary.SQUARE, a) : product(a, b);
      case DIVIDE -> a.low >= 0 && b.low >= 0 ? Range.of(a.low / b.high, a.high / b.low) : ANY;
      case MAXIMUM ->
          Range.of(Math.max(a.low, b.low), Math.max(a.high, b.high), a.neverZero && b.neverZero);
      case MINIMUM ->
          Range.of(Math.min(a.low, b.low), Math.min(a.high, b.high), a.neverZero && b.neverZero);
      case POWER -> a.low >= 0 ? Range.of(0, 1 / 0.0) : ANY;
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> Range.of(0, 1);
    };
  }

  private static Range product(Range a, Range b) {
    double[] corners = {
      corner(a.low, b.low), corner(a.low, b.high), corner(a.high, b.low), corner(a.high, b.high)
    };
    return Range.of(
        Arrays.stream(corners).min().getAsDouble(), Arrays.stream(corners).max().getAsDouble());
  }

  /** An end at infinity is never reached, so 0 times it is 0. */
  private static double corner(double a, double b) {
    return a == 0 || b == 0 ? 0 : a * b;
  }

  private Range fold(Reduction fold, Node node, int depth) {
    Node operand = node.operand(0);
    Range x = of(operand, depth);
    if (operand.shape().count() == 0) {
      return ANY;
    }
    if (fold.fold() != Fold.SUM) {
      return x;
    }
    if (isPowersOfShifted(operand, fold)) {
      return Range.of(1, 1 / 0.0); // the greatest is e⁰
    }
    return Range.of(
        x.low >= 0 ? x.low : -1 / 0.0,
        x.high <= 0 ? x.high : 1 / 0.0,
        x.neverZero && (x.low >= 0 || x.high <= 0));
  }

  /** Tells whether a node is e to the power of something minus its own greatest. */
  private static boolean isPowersOfShifted(Node node, Reduction sum) {
    if (node.op() != Unary.EXP || node.operand(0).op() != Binary.SUBTRACT) {
      return false;
    }
    Node shifted = node.operand(0);
    Node greatest = unwrapped(shifted.operand(1));
    return isGreatestOf(greatest, shifted.operand(0))
        && sum.axes().containsAll(((Reduction) greatest.op()).axes());
  }

  private static boolean isGreatestOf(Node node, Node x) {
    Node greatest = unwrapped(node);
    return greatest.op() instanceof Reduction fold
        && fold.fold() == Fold.MAX
        && greatest.operand(0) == x;
  }

  private static Node unwrapped(Node node) {
    Node found = node;
    while (found.op() instanceof Alias) {
      found = found.operand(0);
    }
    return found;
  }

  /** Returns what a comparison with a number tells of an element where it holds or does not. */
  private static Range told(Node condition, boolean holds, Node element, Range range) {
    if (condition == element) {
      return holds ? Range.of(range.low, range.high, true) : range;
    }
    if (!(condition.op() instanceof Binary op)) {
      return range;
    }
    Node left = condition.operand(0);
    Node right = condition.operand(1);
    boolean first = left == element;
    if (!first && right != element) {
      return range;
    }
    Node number = first ? right : left;
    if (!(number.op() instanceof Leaf.Scalar scalar) || Double.isNaN(scalar.value())) {
      return range;
    }
    double other = scalar.value();
    if (op == Binary.EQUAL || op == Binary.NOT_EQUAL) {
      boolean differs = (op == Binary.NOT_EQUAL) == holds;
      return differs && other == 0 ? Range.of(range.low, range.high, true) : range;
    }
    if (op != Binary.LESS && op != Binary.LESS_EQUAL) {
      return range;
    }
    // x < y that holds bounds x from above, one that does not from below; y the other way round.
    boolean strict = (op == Binary.LESS) == holds;
    boolean above = first == holds;
    return Range.of(
        above ? range.low : Math.max(range.low, other),
        above ? Math.min(range.high, other) : range.high,
        range.neverZero || (strict && (above ? other <= 0 : other >= 0)));
  }
}
