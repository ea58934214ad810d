package io.lossmith.autodiff;

import io.lossmith.core.op.Alias;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import io.lossmith.core.op.WholeArrayOp;
import org.jspecify.annotations.Nullable;

/**
 * What flows back through each operation. A rule gets the gradient g of the result, whose shape
 * broadcasts to the result's but may be smaller, and returns what an operand gets as if the operand
 * had the result's shape: undoing broadcasts is not its business. Rules are written with tensor
 * operations, so they can be differentiated again.
 *
 * <p>Where there is no rule, nothing flows. Aliases have none here: they are the walk's own.
 */
final class GradientRules implements Op.Cases<@Nullable Pullback> {
  private final int operand;

  private GradientRules(int operand) {
    this.operand = operand;
  }

  /** Returns what flows back to an operand, or null if nothing does. */
  static @Nullable Pullback of(Op op, int operand) {
    return op.match(new GradientRules(operand));
  }

  @Override
  public @Nullable Pullback leaf(Leaf op) {
    return null;
  }

  @Override
  public @Nullable Pullback unary(Unary op) {
    return ElementwiseRules.of(op);
  }

  @Override
  public @Nullable Pullback binary(Binary op) {
    return ElementwiseRules.of(op, operand);
  }

  @Override
  public @Nullable Pullback where(Where op) {
    return operand == 0
        ? null
        : (node, flow, bounds) -> flow.chosen(new Tensor(node.operand(0)), operand == 1);
  }

  @Override
  public @Nullable Pullback outOfRange(OutOfRange op) {
    return null;
  }

  @Override
  public Pullback axisFold(AxisFold op) {
    return (node, flow, bounds) ->
        through(op, new Tensor(node.operand(0)), new Tensor(node), flow, bounds);
  }

  private static Flow through(AxisFold op, Tensor x, Tensor y, Flow flow, Bounds bounds) {
    Flow small = x.shape().equals(y.shape()) ? flow : flow.settledFirst();
    return switch (op.fold()) {
      case SUM -> small;
      case MAX, MIN -> {
        int[] axes = op.axes().stream().mapToInt(Integer::intValue).toArray();
        Tensor tied = x.equalTo(y);
        Slopes slopes = new Slopes(small, bounds);
        yield slopes.flow(
            slopes.times(FoldingArithmetic.div(small.gradient(), tied.sumKeep(axes)), tied), false);
      }
    };
  }

  @Override
  public Pullback move(Move op) {
    return (node, flow, bounds) -> flow.moved(op, node, operand);
  }

  @Override
  public @Nullable Pullback opaque(WholeArrayOp op) {
    return WholeArrayRules.of(op, operand);
  }

  @Override
  public Pullback check(Check op) {
    return (node, flow, bounds) -> flow;
  }

  @Override
  public @Nullable Pullback alias(Alias op) {
    return null;
  }
}
