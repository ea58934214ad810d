package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AllReduce;
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
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.ResizeTransposed;
import io.lossmith.core.op.ScatterAdd;
import io.lossmith.core.op.WholeArrayOp;
import io.lossmith.core.op.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What flows back through operations on whole arrays. They are closed under differentiation: each
 * is linear in what it passes a gradient to, and its transpose is among them.
 *
 * <p>An answer says what each operand gets. Nothing flows to keys, which only choose, nor to
 * positions; ranks jump, and a distance is given.
 */
final class WholeArrayRules implements WholeArrayOp.Cases<WholeArrayRules.Operands> {
  private static final WholeArrayRules ALL = new WholeArrayRules();
  private static final Operands NONE = new Operands(null, null);

  /** What flows to one operand, given the first two operands and the gradient of the result. */
  private interface Back {
    Tensor apply(Tensor a, Tensor b, Tensor g);
  }

  /** What flows to each operand. */
  record Operands(@Nullable Back first, @Nullable Back second) {}

  private WholeArrayRules() {}

  /** Returns what flows back to an operand, or null if nothing does. */
  static @Nullable Pullback of(WholeArrayOp op, int operand) {
    Operands operands = op.match(ALL);
    Back back = operand == 0 ? operands.first() : operands.second();
    return back == null ? null : (node, flow, bounds) -> flow.mixed(g -> applied(back, node, g));
  }

  private static Tensor applied(Back back, Node node, Tensor small) {
    Tensor g = Moves.broadcastTo(small, node.shape());
    Tensor first = new Tensor(node.operand(0));
    boolean isAlone = node.operands().size() == 1;
    return back.apply(first, isAlone ? first : new Tensor(node.operand(1)), g);
  }

  private static Operands first(Back back) {
    return new Operands(back, null);
  }

  private static Operands second(Back back) {
    return new Operands(null, back);
  }

  /** The three convolutions are one form, linear in x, weight and result, solved for each. */
  @Override
  public Operands convolution(Convolution op) {
    Window window = op.window();
    return new Operands(
        (x, weight, g) -> input(window, g, weight, x.shape()),
        (x, weight, g) -> weight(window, x, g));
  }

  @Override
  public Operands convolutionInputGradient(ConvolutionInputGradient op) {
    Window window = op.window();
    return new Operands(
        (result, weight, g) -> result(window, g, weight),
        (result, weight, g) -> weight(window, g, result));
  }

  @Override
  public Operands convolutionWeightGradient(ConvolutionWeightGradient op) {
    if (op.withRests()) {
      throw ofOneWorker();
    }
    Window window = op.window();
    return new Operands(
        (x, result, g) -> input(window, result, g, x.shape()),
        (x, result, g) -> result(window, x, g));
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

  @Override
  public Operands maxPoolPick(MaxPoolPick op) {
    return second((key, x, g) -> Tensor.make(new MaxPoolScatter(op.windows()), key, g));
  }

  @Override
  public Operands maxPoolScatter(MaxPoolScatter op) {
    return second((key, x, g) -> Tensor.make(new MaxPoolPick(op.windows()), key, g));
  }

  @Override
  public Operands averagePool(AveragePool op) {
    return first((x, none, g) -> Tensor.make(new AveragePoolTransposed(op.window(), x.shape()), g));
  }

  @Override
  public Operands averagePoolTransposed(AveragePoolTransposed op) {
    return first((x, none, g) -> Tensor.make(new AveragePool(op.window()), g));
  }

  @Override
  public Operands resize(Resize op) {
    return first(
        (x, none, g) -> Tensor.make(new ResizeTransposed(op.mode(), spatial(x.shape())), g));
  }

  @Override
  public Operands resizeTransposed(ResizeTransposed op) {
    return first((x, none, g) -> Tensor.make(new Resize(op.mode(), spatial(x.shape())), g));
  }

  private static List<Integer> spatial(Shape shape) {
    return List.copyOf(Moves.boxed(shape.toArray()).subList(2, shape.rank()));
  }

  @Override
  public Operands matrixMultiply(MatrixMultiply op) {
    return new Operands((a, b, g) -> g.matmul(b.transpose()), (a, b, g) -> a.transpose().matmul(g));
  }

  @Override
  public Operands distanceTransform(DistanceTransform op) {
    return NONE;
  }

  @Override
  public Operands argSort(ArgSort op) {
    return NONE;
  }

  @Override
  public Operands gather(Gather op) {
    return first(
        (x, positions, g) ->
            Tensor.make(new ScatterAdd(op.axis(), x.shape().get(op.axis())), g, positions));
  }

  @Override
  public Operands scatterAdd(ScatterAdd op) {
    return first((x, positions, g) -> Tensor.make(new Gather(op.axis()), g, positions));
  }

  @Override
  public Operands cumulativeSum(CumulativeSum op) {
    CumulativeSum transposed = new CumulativeSum(op.axis(), op.exclusive(), !op.reverse());
    return first((x, none, g) -> Tensor.make(transposed, g));
  }

  @Override
  public Operands rankedSum(RankedSum op) {
    return second((key, x, g) -> Ordering.transposed(op, key, g));
  }

  @Override
  public Operands isAmongGreatest(IsAmongGreatest op) {
    return NONE;
  }

  @Override
  public Operands allReduce(AllReduce op) {
    throw ofOneWorker();
  }

  private static IllegalStateException ofOneWorker() {
    return new IllegalStateException(
        "gradient: of a graph that is one worker's, must be taken before");
  }
}
