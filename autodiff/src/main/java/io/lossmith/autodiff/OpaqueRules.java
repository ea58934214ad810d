package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.AveragePool;
import io.lossmith.core.op.AveragePoolTransposed;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.ConvolutionInputGradient;
import io.lossmith.core.op.ConvolutionWeightGradient;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.DistanceTransform;
import io.lossmith.core.op.Gather;
import io.lossmith.core.op.IsAmongGreatest;
import io.lossmith.core.op.MatrixMultiply;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.MaxPoolScatter;
import io.lossmith.core.op.Opaque;
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.ResizeTransposed;
import io.lossmith.core.op.ScatterAdd;
import io.lossmith.core.op.Window;
import java.util.List;

/**
 * What flows back through operations on whole arrays. They are closed under differentiation: each
 * is linear in what it passes a gradient to, and its transpose is among them.
 */
final class OpaqueRules {
  private OpaqueRules() {}

  /** The key of a max pool only chooses, as positions do; ranks jump, a distance is given. */
  static boolean passes(Opaque op, int operand) {
    if (op instanceof MaxPoolPick || op instanceof MaxPoolScatter) {
      return operand == 1;
    }
    if (op instanceof Gather || op instanceof ScatterAdd) {
      return operand == 0;
    }
    if (op instanceof RankedSum) {
      return operand == 1;
    }
    return !(op instanceof ArgSort
        || op instanceof IsAmongGreatest
        || op instanceof DistanceTransform);
  }

  static Tensor toOperand(Opaque op, Node node, int operand, Tensor small) {
    Tensor g = Moves.broadcastTo(small, node.shape());
    Tensor a = new Tensor(node.operand(0));
    if (op instanceof AveragePool pool) {
      return Tensor.make(new AveragePoolTransposed(pool.window(), a.shape()), g);
    }
    if (op instanceof AveragePoolTransposed pool) {
      return Tensor.make(new AveragePool(pool.window()), g);
    }
    if (op instanceof Resize resize) {
      return Tensor.make(new ResizeTransposed(resize.mode(), spatial(a.shape())), g);
    }
    if (op instanceof ResizeTransposed resize) {
      return Tensor.make(new Resize(resize.mode(), spatial(a.shape())), g);
    }
    if (op instanceof MaxPoolPick pick) {
      return Tensor.make(new MaxPoolScatter(pick.windows()), a, g);
    }
    if (op instanceof MaxPoolScatter scatter) {
      return Tensor.make(new MaxPoolPick(scatter.windows()), a, g);
    }
    if (op instanceof CumulativeSum sum) {
      return Tensor.make(new CumulativeSum(sum.axis(), sum.exclusive(), !sum.reverse()), g);
    }
    if (op instanceof RankedSum sum) {
      return Ordering.transposed(sum, a, g);
    }
    Tensor b = new Tensor(node.operand(1));
    if (op instanceof Gather gather) {
      return Tensor.make(new ScatterAdd(gather.axis(), a.shape().get(gather.axis())), g, b);
    }
    if (op instanceof ScatterAdd scatter) {
      return Tensor.make(new Gather(scatter.axis()), g, b);
    }
    if (op instanceof MatrixMultiply) {
      return operand == 0 ? g.matmul(b.transpose()) : a.transpose().matmul(g);
    }
    return toOperand(op, operand, a, b, g);
  }

  /** The three convolutions are one form, linear in x, weight and result, solved for each. */
  private static Tensor toOperand(Opaque op, int operand, Tensor a, Tensor b, Tensor g) {
    if (op instanceof Convolution convolution) {
      Window window = convolution.window();
      return operand == 0 ? input(window, g, b, a.shape()) : weight(window, a, g);
    }
    if (op instanceof ConvolutionInputGradient gradient) {
      Window window = gradient.window();
      return operand == 0 ? result(window, g, b) : weight(window, g, a);
    }
    Window window = ((ConvolutionWeightGradient) op).window();
    return operand == 0 ? input(window, b, g, a.shape()) : result(window, a, g);
  }

  private static Tensor result(Window window, Tensor x, Tensor weight) {
    return Tensor.make(new Convolution(window), x, weight);
  }

  private static Tensor input(Window window, Tensor result, Tensor weight, Shape x) {
    return Tensor.make(new ConvolutionInputGradient(window, x), result, weight);
  }

  private static Tensor weight(Window window, Tensor x, Tensor result) {
    return Tensor.make(new ConvolutionWeightGradient(window), x, result);
  }

  private static List<Integer> spatial(Shape shape) {
    return List.copyOf(Moves.boxed(shape.toArray()).subList(2, shape.rank()));
  }
}
