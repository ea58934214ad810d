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
  static Tensor toOperand(Node node, int operand, Tensor g) {
    Op op = node.op();
    if (op instanceof Unary unary) {
      return through(unary, new Tensor(node.operand(0)), new Tensor(node), g);
    }
    if (op instanceof Binary binary) {
      Tensor a = new Tensor(node.operand(0));
      Tensor b = new Tensor(node.operand(1));
      return operand == 0 ? toFirst(binary, a, b, g) : toSecond(binary, a, b, new Tensor(node), g);
    }
    if (op instanceof Where) {
      Tensor condition = new Tensor(node.operand(0));
      return operand == 1 ? Tensor.where(condition, g, 0) : Tensor.where(condition, 0, g);
    }
    if (op instanceof Reduction reduction) {
      return through(reduction, new Tensor(node.operand(0)), new Tensor(node), g);
    }
    if (op instanceof Move move) {
      return MoveRules.toOperand(move, node, operand, g);
    }
    if (op instanceof Opaque opaque) {
      return OpaqueRules.toOperand(opaque, node, operand, g);
    }
    return g;
  }

  private static Tensor through(Unary op, Tensor x, Tensor y, Tensor g) {
    return switch (op) {
      case NEGATE -> Lean.negate(g);
      case ABS -> Lean.times(g, x.sign());
      case RELU -> Tensor.where(y.lessOrEqual(0), 0, g); // y is mostly kept anyway, x need not be
      case SQUARE -> Lean.times(Lean.times(g, 2), x);
      case SQRT -> Lean.div(Lean.times(g, 0.5), y);
      case RECIPROCAL -> Lean.times(Lean.negate(g), y.square());
      case EXP -> Lean.times(g, y);
      case LOG -> Lean.times(g, x.reciprocal()); // which a softmax has already
      case LOG1P -> Lean.div(g, x.plus(1));
      case SIGMOID -> Lean.times(g, y.times(Making.scalar(1).minus(y)));
      case SOFTPLUS -> Lean.times(g, x.sigmoid());
      case TANH -> Lean.times(g, Making.scalar(1).minus(y.square()));
      case ATAN -> Lean.div(g, x.square().plus(1));
      case SIGN, FLOOR, RINT -> throw flat(op);
    };
  }

  private static Tensor toFirst(Binary op, Tensor a, Tensor b, Tensor g) {
    return switch (op) {
      case ADD, SUBTRACT -> g;
      case MULTIPLY -> Lean.times(g, b);
      case DIVIDE -> Lean.div(g, b);
      case MAXIMUM -> Lean.times(g, share(b, a));
      case MINIMUM -> Lean.times(g, share(a, b));
      case POWER -> Lean.times(g, slopeInBase(a, b));
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> throw flat(op);
    };
  }

  private static Tensor toSecond(Binary op, Tensor a, Tensor b, Tensor y, Tensor g) {
    return switch (op) {
      case ADD -> g;
      case SUBTRACT -> Lean.negate(g);
      case MULTIPLY -> Lean.times(g, a);
      case DIVIDE -> Lean.negate(Lean.times(Lean.div(g, b), y));
      case MAXIMUM -> Lean.times(g, share(a, b));
      case MINIMUM -> Lean.times(g, share(b, a));
      case POWER -> {
        Tensor still = a.equalTo(0).times(b.greaterOrEqual(0));
        yield Lean.times(g, Tensor.where(still, 0, y.times(a.log())));
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL -> throw flat(op);
    };
  }

  /** 1 where less &lt; more, ½ where they tie, else 0. */
  private static Tensor share(Tensor less, Tensor more) {
    return less.lessThan(more).plus(less.lessOrEqual(more)).times(0.5);
  }

  private static Tensor slopeInBase(Tensor x, Tensor exponent) {
    Double number = Lean.number(exponent);
    if (number != null) {
      return number == 0 ? Making.scalar(0) : Lean.times(x.pow(number - 1), number);
    }
    Tensor slope = exponent.times(x.pow(exponent.minus(1)));
    return Tensor.where(exponent.equalTo(0), 0, slope);
  }

  private static Tensor through(Reduction op, Tensor x, Tensor y, Tensor g) {
    return switch (op.fold()) {
      case SUM -> g;
      case MAX, MIN -> {
        int[] axes = op.axes().stream().mapToInt(Integer::intValue).toArray();
        Tensor tied = x.equalTo(y);
        yield Lean.times(Lean.div(g, tied.sumKeep(axes)), tied);
      }
    };
  }

  private static IllegalStateException flat(Op op) {
    return new IllegalStateException("gradients: nothing flows through " + op.label());
  }
}
