package io.lossmith.autodiff;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Opaque;
import io.lossmith.core.op.Reduction;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;

/**
 * What flows back through each operation. A rule gets the gradient g of the result, whose shape
 * broadcasts to the result's but may be smaller, and returns what an operand gets as if the operand
 * had the result's shape: undoing broadcasts is not its business. Rules are written with tensor
 * operations, so they can be differentiated again.
 */
final class GradientRules {
  private GradientRules() {}

  /** Tells whether anything flows back to an operand. */
  static boolean passes(Op op, int operand) {
    if (op instanceof Unary unary) {
      return passes(unary);
    }
    if (op instanceof Binary binary) {
      return passes(binary);
    }
    if (op instanceof Where) {
      return operand > 0;
    }
    if (op instanceof Alias alias) {
      return operand > 0 && alias.meaning() instanceof Rule;
    }
    if (op instanceof Opaque opaque) {
      return OpaqueRules.passes(opaque, operand);
    }
    return !(op instanceof Leaf);
  }

  private static boolean passes(Unary op) {
    return switch (op) {
      case SIGN, FLOOR, RINT -> false;
      case NEGATE, ABS, RELU, SQUARE, SQRT, RECIPROCAL, EXP, LOG, LOG1P -> true;
      case SIGMOID, SOFTPLUS, TANH, ATAN -> true;
    };
  }

  private static boolean passes(Binary op) {
    return switch (op) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, POWER -> true;
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> false;
    };
  }

  /** Returns what flows to an operand to which something does; aliases are the walk's own. */
  static Flow toOperand(Node node, int operand, Flow flow, Bounds bounds) {
    Op op = node.op();
    if (op instanceof Unary unary) {
      Slopes slopes = new Slopes(flow, bounds);
      Tensor g =
          through(unary, new Tensor(node.operand(0)), new Tensor(node), flow.gradient(), slopes);
      return slopes.flow(g, unary == Unary.NEGATE || unary == Unary.RELU);
    }
    if (op instanceof Binary binary) {
      Tensor a = new Tensor(node.operand(0));
      Tensor b = new Tensor(node.operand(1));
      Slopes slopes = new Slopes(flow, bounds);
      Tensor g =
          operand == 0
              ? toFirst(binary, a, b, flow.gradient(), slopes)
              : toSecond(binary, a, b, new Tensor(node), flow.gradient(), slopes);
      return slopes.flow(g, keepsZeros(binary, operand == 0 ? b : a));
    }
    if (op instanceof Where) {
      return flow.chosen(new Tensor(node.operand(0)), operand == 1);
    }
    if (op instanceof Reduction reduction) {
      return through(reduction, new Tensor(node.operand(0)), new Tensor(node), flow, bounds);
    }
    if (op instanceof Move move) {
      return flow.moved(move, node, operand);
    }
    if (op instanceof Opaque opaque) {
      return flow.mixed(g -> OpaqueRules.toOperand(opaque, node, operand, g));
    }
    return flow;
  }

  /** Tells whether 0 stays 0 on the way to one operand, whatever the other is. */
  private static boolean keepsZeros(Binary op, Tensor other) {
    return switch (op) {
      case ADD, SUBTRACT, MAXIMUM, MINIMUM -> true;
      case MULTIPLY, DIVIDE -> Lean.number(other) != null;
      default -> false;
    };
  }

  private static Tensor through(Unary op, Tensor x, Tensor y, Tensor g, Slopes slopes) {
    return switch (op) {
      case NEGATE -> Lean.negate(g);
      case ABS -> slopes.times(g, x.sign());
      case RELU -> Tensor.where(y.lessOrEqual(0), 0, g); // y is mostly kept anyway, x need not be
      case SQUARE -> slopes.times(Lean.times(g, 2), x);
      case SQRT -> slopes.ofRoot(Lean.times(g, 0.5), x, y);
      case RECIPROCAL ->
          slopes.mayBeZero(x)
              ? Stopping.times(Lean.negate(g), y.square())
              : slopes.times(Lean.negate(g), y.square());
      case EXP -> slopes.mayOverflow(x) ? slopes.steepTimes(g, y) : slopes.times(g, y);
      case LOG ->
          slopes.mayBeZero(x)
              ? Stopping.div(g, x)
              : slopes.times(g, x.reciprocal()); // which a softmax has already
      case LOG1P -> slopes.mayBeMinusOne(x) ? Stopping.div(g, x.plus(1)) : Lean.div(g, x.plus(1));
      case SIGMOID -> slopes.times(g, y.times(Making.scalar(1).minus(y)));
      case SOFTPLUS -> slopes.times(g, x.sigmoid());
      case TANH -> slopes.times(g, Making.scalar(1).minus(y.square()));
      case ATAN -> Lean.div(g, x.square().plus(1));
      case SIGN, FLOOR, RINT -> throw flat(op);
    };
  }

  private static Tensor toFirst(Binary op, Tensor a, Tensor b, Tensor g, Slopes slopes) {
    return switch (op) {
      case ADD, SUBTRACT -> g;
      case MULTIPLY -> slopes.times(g, b);
      case DIVIDE -> slopes.mayBeZero(b) ? Stopping.div(g, b) : Lean.div(g, b);
      case MAXIMUM -> slopes.times(g, share(b, a));
      case MINIMUM -> slopes.times(g, share(a, b));
      case POWER -> slopes.inBase(g, a, b);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> throw flat(op);
    };
  }

  private static Tensor toSecond(Binary op, Tensor a, Tensor b, Tensor y, Tensor g, Slopes slopes) {
    return switch (op) {
      case ADD -> g;
      case SUBTRACT -> Lean.negate(g);
      case MULTIPLY -> slopes.times(g, a);
      case DIVIDE ->
          Lean.negate(
              slopes.mayBeZero(b)
                  ? slopes.times(g, Stopping.div(g, b), y)
                  : slopes.times(Lean.div(g, b), y));
      case MAXIMUM -> slopes.times(g, share(a, b));
      case MINIMUM -> slopes.times(g, share(b, a));
      case POWER -> {
        Tensor still = a.equalTo(0).times(b.greaterOrEqual(0));
        yield slopes.steepTimes(g, Tensor.where(still, 0, y.times(a.log())));
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> throw flat(op);
    };
  }

  /** 1 where less &lt; more, ½ where they tie, else 0. */
  private static Tensor share(Tensor less, Tensor more) {
    return less.lessThan(more).plus(less.lessOrEqual(more)).times(0.5);
  }

  private static Flow through(Reduction op, Tensor x, Tensor y, Flow flow, Bounds bounds) {
    Flow small = x.shape().equals(y.shape()) ? flow : flow.settledFirst();
    return switch (op.fold()) {
      case SUM -> small;
      case MAX, MIN -> {
        int[] axes = op.axes().stream().mapToInt(Integer::intValue).toArray();
        Tensor tied = x.equalTo(y);
        Slopes slopes = new Slopes(small, bounds);
        yield slopes.flow(
            slopes.times(Lean.div(small.gradient(), tied.sumKeep(axes)), tied), false);
      }
    };
  }

  private static IllegalStateException flat(Op op) {
    return new IllegalStateException("gradients: nothing flows through " + op.label());
  }
}
