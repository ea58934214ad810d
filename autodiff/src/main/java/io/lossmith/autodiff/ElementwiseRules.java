package io.lossmith.autodiff;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import org.jspecify.annotations.Nullable;

/** What flows back through elementwise operations: a row for each. */
final class ElementwiseRules {
  private ElementwiseRules() {}

  /** What an operand x gets, given the result y and its gradient g. */
  private interface UnaryRule {
    Tensor apply(Tensor x, Tensor y, Tensor g, Slopes slopes);
  }

  /** What one of two operands gets, given the result y and its gradient g. */
  private interface BinaryRule {
    Tensor apply(Tensor a, Tensor b, Tensor y, Tensor g, Slopes slopes);
  }

  /** What each of two operands gets. */
  private record BinaryRules(BinaryRule toFirst, BinaryRule toSecond) {}

  /** Returns what flows back to the operand, or null if nothing does. */
  static @Nullable Pullback of(Unary op) {
    UnaryRule rule = rule(op);
    return rule == null
        ? null
        : (node, flow, bounds) -> {
          Slopes slopes = new Slopes(flow, bounds);
          Tensor x = new Tensor(node.operand(0));
          Tensor g = rule.apply(x, new Tensor(node), flow.gradient(), slopes);
          return slopes.flow(g, op == Unary.NEGATE || op == Unary.RELU);
        };
  }

  /** Returns what flows back to one of two operands, or null if nothing does. */
  static @Nullable Pullback of(Binary op, int operand) {
    BinaryRules rules = rules(op);
    if (rules == null) {
      return null;
    }
    BinaryRule rule = operand == 0 ? rules.toFirst() : rules.toSecond();
    return (node, flow, bounds) -> {
      Slopes slopes = new Slopes(flow, bounds);
      Tensor a = new Tensor(node.operand(0));
      Tensor b = new Tensor(node.operand(1));
      Tensor g = rule.apply(a, b, new Tensor(node), flow.gradient(), slopes);
      return slopes.flow(g, keepsZeros(op, node.operand(1 - operand)));
    };
  }

  /** Tells whether 0 stays 0 on the way to one operand, whatever the other is; in doubt, no. */
  private static boolean keepsZeros(Binary op, Node other) {
    return switch (op) {
      case ADD, SUBTRACT, MAXIMUM, MINIMUM -> true;
      case MULTIPLY, DIVIDE -> FoldingArithmetic.number(new Tensor(other)) != null;
      default -> false;
    };
  }

  private static @Nullable UnaryRule rule(Unary op) {
    return switch (op) {
      case NEGATE -> (x, y, g, slopes) -> FoldingArithmetic.negate(g);
      case ABS -> (x, y, g, slopes) -> slopes.times(g, x.sign());
      // y is mostly kept anyway, x need not be
      case RELU -> (x, y, g, slopes) -> Tensor.where(y.lessOrEqual(0), 0, g);
      case SQUARE -> (x, y, g, slopes) -> slopes.times(FoldingArithmetic.times(g, 2), x);
      case SQRT -> (x, y, g, slopes) -> slopes.ofRoot(FoldingArithmetic.times(g, 0.5), x, y);
      case RECIPROCAL ->
          (x, y, g, slopes) ->
              slopes.mayBeZero(x)
                  ? Stopping.times(FoldingArithmetic.negate(g), y.square())
                  : slopes.times(FoldingArithmetic.negate(g), y.square());
      case EXP ->
          (x, y, g, slopes) -> slopes.mayOverflow(x) ? slopes.steepTimes(g, y) : slopes.times(g, y);
      case LOG ->
          (x, y, g, slopes) ->
              slopes.mayBeZero(x)
                  ? Stopping.div(g, x)
                  : slopes.times(g, x.reciprocal()); // which a softmax has already
      case LOG1P ->
          (x, y, g, slopes) ->
              slopes.mayBeMinusOne(x)
                  ? Stopping.div(g, x.plus(1))
                  : FoldingArithmetic.div(g, x.plus(1));
      case SIGMOID -> (x, y, g, slopes) -> slopes.times(g, y.times(Creation.scalar(1).minus(y)));
      case SOFTPLUS -> (x, y, g, slopes) -> slopes.times(g, x.sigmoid());
      case TANH -> (x, y, g, slopes) -> slopes.times(g, Creation.scalar(1).minus(y.square()));
      case ATAN -> (x, y, g, slopes) -> FoldingArithmetic.div(g, x.square().plus(1));
      case SIGN, FLOOR, RINT -> null;
    };
  }

  private static @Nullable BinaryRules rules(Binary op) {
    return switch (op) {
      case ADD -> new BinaryRules((a, b, y, g, slopes) -> g, (a, b, y, g, slopes) -> g);
      case SUBTRACT ->
          new BinaryRules(
              (a, b, y, g, slopes) -> g, (a, b, y, g, slopes) -> FoldingArithmetic.negate(g));
      case MULTIPLY ->
          new BinaryRules(
              (a, b, y, g, slopes) -> slopes.times(g, b),
              (a, b, y, g, slopes) -> slopes.times(g, a));
      case DIVIDE ->
          new BinaryRules(
              (a, b, y, g, slopes) ->
                  slopes.mayBeZero(b) ? Stopping.div(g, b) : FoldingArithmetic.div(g, b),
              (a, b, y, g, slopes) ->
                  FoldingArithmetic.negate(
                      slopes.mayBeZero(b)
                          ? slopes.times(g, Stopping.div(g, b), y)
                          : slopes.times(FoldingArithmetic.div(g, b), y)));
      case MAXIMUM ->
          new BinaryRules(
              (a, b, y, g, slopes) -> slopes.times(g, share(b, a)),
              (a, b, y, g, slopes) -> slopes.times(g, share(a, b)));
      case MINIMUM ->
          new BinaryRules(
              (a, b, y, g, slopes) -> slopes.times(g, share(a, b)),
              (a, b, y, g, slopes) -> slopes.times(g, share(b, a)));
      case POWER ->
          new BinaryRules(
              (a, b, y, g, slopes) -> slopes.inBase(g, a, b), ElementwiseRules::toExponent);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> null;
    };
  }

  private static Tensor toExponent(Tensor a, Tensor b, Tensor y, Tensor g, Slopes slopes) {
    Tensor still = a.equalTo(0).times(b.greaterOrEqual(0));
    return slopes.steepTimes(g, Tensor.where(still, 0, y.times(a.log())));
  }

  /** 1 where less &lt; more, ½ where they tie, else 0. */
  private static Tensor share(Tensor less, Tensor more) {
    return less.lessThan(more).plus(less.lessOrEqual(more)).times(0.5);
  }
}
