package io.lossmith.autodiff;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Interval;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import io.lossmith.core.op.WholeArrayOp;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Between which numbers the elements of a node lie, unless they are NaN, as far as its formula
 * tells: a sigmoid plus 1 is never 0, so nothing divided by it needs care.
 */
final class Bounds {
  /** How far formulas are followed: what keeps a divisor from 0 stands close to it. */
  private static final int DEPTH = 24;

  /** The greatest exponent whose power of e is finite in float, rounded down. */
  private static final double GREATEST_EXPONENT = 88;

  private final Map<Node, Interval> known = new IdentityHashMap<>();

  /** Tells whether an element may be 0. */
  boolean mayBeZero(Tensor x) {
    return !of(x.node(), 0).neverZero();
  }

  /** Tells whether an element may be −1 or so near that 1 more is 0. */
  boolean mayBeMinusOne(Tensor x) {
    Interval range = of(x.node(), 0);
    return range.low() < -1 + 1e-6 && range.high() > -1 - 1e-6;
  }

  /** Tells whether e to the power of an element may be infinite. */
  boolean mayOverflow(Tensor exponent) {
    return of(exponent.node(), 0).high() > GREATEST_EXPONENT;
  }

  private Interval of(Node node, int depth) {
    Interval range = known.get(node);
    if (range == null) {
      range = depth > DEPTH ? Interval.ANY : node.op().match(new Found(node, depth + 1));
      known.put(node, range);
    }
    return range;
  }

  /** Where the elements of one node lie, by its operation. */
  private final class Found implements Op.Cases<Interval> {
    private final Node node;
    private final int depth;

    private Found(Node node, int depth) {
      this.node = node;
      this.depth = depth;
    }

    private Interval operand(int i) {
      return of(node.operand(i), depth);
    }

    @Override
    public Interval leaf(Leaf op) {
      if (op instanceof Leaf.Scalar scalar) {
        return Interval.of(scalar.value(), scalar.value(), scalar.value() != 0);
      }
      return op instanceof Leaf.Iota iota
          ? Interval.of(0, node.shape().get(iota.axis()))
          : Interval.ANY;
    }

    @Override
    public Interval unary(Unary op) {
      return op.of(operand(0));
    }

    @Override
    public Interval binary(Binary op) {
      Interval a = operand(0);
      if (op == Binary.MULTIPLY && node.operand(0) == node.operand(1)) {
        return Unary.SQUARE.of(a);
      }
      Interval range = op.of(a, operand(1));
      return op == Binary.SUBTRACT && isGreatestOf(node.operand(1), node.operand(0))
          ? Interval.of(range.low(), 0)
          : range;
    }

    @Override
    public Interval where(Where op) {
      Node condition = node.operand(0);
      Interval chosen = told(condition, true, node.operand(1), operand(1));
      return chosen.or(told(condition, false, node.operand(2), operand(2)));
    }

    @Override
    public Interval outOfRange(OutOfRange op) {
      return Interval.of(0, 1);
    }

    @Override
    public Interval axisFold(AxisFold op) {
      return fold(op, node, depth);
    }

    @Override
    public Interval move(Move op) {
      return op instanceof Move.Picking ? operand(0) : Interval.ANY;
    }

    @Override
    public Interval opaque(WholeArrayOp op) {
      return Interval.ANY;
    }

    @Override
    public Interval check(Check op) {
      if (op.range().except() != null) {
        return Interval.ANY;
      }
      Interval x = operand(0);
      double low = Math.max(x.low(), op.range().low());
      return Interval.of(low, Math.min(x.high(), op.range().high()), x.neverZero());
    }

    @Override
    public Interval alias(Alias op) {
      return operand(0);
    }
  }

  private Interval fold(AxisFold fold, Node node, int depth) {
    Node operand = node.operand(0);
    Interval x = of(operand, depth);
    if (operand.shape().count() == 0) {
      return Interval.ANY;
    }
    if (fold.fold() != Fold.SUM) {
      return x;
    }
    if (isPowersOfShifted(operand, fold)) {
      return Interval.of(1, 1 / 0.0); // the greatest is e⁰
    }
    return Interval.of(
        x.low() >= 0 ? x.low() : -1 / 0.0,
        x.high() <= 0 ? x.high() : 1 / 0.0,
        x.neverZero() && (x.low() >= 0 || x.high() <= 0));
  }

  /** Tells whether a node is e to the power of something minus its own greatest. */
  private static boolean isPowersOfShifted(Node node, AxisFold sum) {
    if (node.op() != Unary.EXP || node.operand(0).op() != Binary.SUBTRACT) {
      return false;
    }
    Node shifted = node.operand(0);
    Node greatest = unwrapped(shifted.operand(1));
    return isGreatestOf(greatest, shifted.operand(0))
        && sum.axes().containsAll(((AxisFold) greatest.op()).axes());
  }

  private static boolean isGreatestOf(Node node, Node x) {
    Node greatest = unwrapped(node);
    return greatest.op() instanceof AxisFold fold
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
  private static Interval told(Node condition, boolean holds, Node element, Interval range) {
    if (condition == element) {
      return holds ? Interval.of(range.low(), range.high(), true) : range;
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
      return differs && other == 0 ? Interval.of(range.low(), range.high(), true) : range;
    }
    if (op != Binary.LESS && op != Binary.LESS_EQUAL) {
      return range;
    }
    // x < y that holds bounds x from above, one that does not from below; y the other way round.
    boolean strict = (op == Binary.LESS) == holds;
    boolean above = first == holds;
    return Interval.of(
        above ? range.low() : Math.max(range.low(), other),
        above ? Math.min(range.high(), other) : range.high(),
        range.neverZero() || (strict && (above ? other <= 0 : other >= 0)));
  }
}
