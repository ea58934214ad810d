package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.kernel.PoolLoops;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
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
import io.lossmith.core.op.Slices;
import io.lossmith.core.op.WholeArrayOp;
import io.lossmith.core.op.Window;
import java.util.List;
import java.util.function.Supplier;

/**
 * Chooses the kernel of a whole-array operation: channels, sizes and strides are fixed by the
 * shapes.
 */
public final class WholeArrayKernels implements WholeArrayOp.Cases<WholeArrayKernel> {
  private final List<Shape> operands;
  private final Shape x;
  private final Shape result;
  private final Kernels kernels;
  private final Supplier<WindowLoops> loops;
  private final Supplier<PoolLoops> pools;
  private final PairLoops pairs;

  private WholeArrayKernels(List<Shape> operands, Shape result, Kernels kernels) {
    this.operands = operands;
    this.x = operands.get(0);
    this.result = result;
    this.kernels = kernels;
    this.loops = kernels::windows;
    this.pools = kernels::pools;
    this.pairs = kernels.pairs();
  }

  /**
   * Returns a kernel for one node.
   *
   * @param kernels where the inner loops come from
   */
  public static WholeArrayKernel of(
      WholeArrayOp op, List<Shape> operands, Shape result, Kernels kernels) {
    // Workers exchange nothing, too: all of them must come.
    return result.count() == 0 && !(op instanceof AllReduce)
        ? (arrays, to, team) -> {}
        : op.match(new WholeArrayKernels(operands, result, kernels));
  }

  @Override
  public WholeArrayKernel convolution(Convolution op) {
    Stencil stencil = Stencil.forward(op.window(), x);
    return new CorrelationKernel(stencil, x.get(0), result.get(1), false, loops);
  }

  @Override
  public WholeArrayKernel convolutionInputGradient(ConvolutionInputGradient op) {
    Stencil stencil = Stencil.transposed(op.window(), x, result);
    return new CorrelationKernel(stencil, x.get(0), result.get(1), true, loops);
  }

  @Override
  public WholeArrayKernel convolutionWeightGradient(ConvolutionWeightGradient op) {
    int outputs = operands.get(1).get(1);
    return op.withRests()
        ? WeightGradientKernel.withRests(op.window(), x, outputs, loops)
        : WeightGradientKernel.of(op.window(), x, outputs, loops);
  }

  @Override
  public WholeArrayKernel maxPoolPick(MaxPoolPick op) {
    return maxPool(op.windows(), false);
  }

  @Override
  public WholeArrayKernel maxPoolScatter(MaxPoolScatter op) {
    return maxPool(op.windows(), true);
  }

  private WholeArrayKernel maxPool(List<Window> windows, boolean scatter) {
    return DenseMaxPoolKernel.fits(windows, x)
        ? new DenseMaxPoolKernel(windows, x, scatter, pools)
        : new MaxPoolKernel(windows, x, scatter, pairs);
  }

  @Override
  public WholeArrayKernel averagePool(AveragePool op) {
    return BlockPoolKernel.fits(op.window())
        ? new BlockPoolKernel(op.window(), x, false, pairs)
        : BoxSumKernel.forward(op.window(), x, loops);
  }

  @Override
  public WholeArrayKernel averagePoolTransposed(AveragePoolTransposed op) {
    return BlockPoolKernel.fits(op.window())
        ? new BlockPoolKernel(op.window(), result, true, pairs)
        : BoxSumKernel.transposed(op.window(), x, result, loops);
  }

  @Override
  public WholeArrayKernel resize(Resize op) {
    return resized(op.mode(), x, result, false);
  }

  @Override
  public WholeArrayKernel resizeTransposed(ResizeTransposed op) {
    return resized(op.mode(), result, x, true);
  }

  private WholeArrayKernel resized(Resize.Mode mode, Shape from, Shape to, boolean transposed) {
    return mode == Resize.Mode.LINEAR
        ? new LinearResizeKernel(mode, from, to, transposed)
        : new NearestResizeKernel(mode, from, to, transposed, pairs);
  }

  @Override
  public WholeArrayKernel matrixMultiply(MatrixMultiply op) {
    return new MatrixMultiplyKernel(x, operands.get(1), loops);
  }

  @Override
  public WholeArrayKernel distanceTransform(DistanceTransform op) {
    return new DistanceTransformKernel(op, x, kernels);
  }

  @Override
  public WholeArrayKernel argSort(ArgSort op) {
    return new ArgSortKernel(Slices.of(x, op.axis()), op.descending());
  }

  @Override
  public WholeArrayKernel gather(Gather op) {
    return new GatherKernel(Slices.of(x, op.axis()), Slices.of(operands.get(1), op.axis()));
  }

  @Override
  public WholeArrayKernel scatterAdd(ScatterAdd op) {
    return new ScatterAddKernel(Slices.of(x, op.axis()), Slices.of(result, op.axis()));
  }

  @Override
  public WholeArrayKernel cumulativeSum(CumulativeSum op) {
    return new CumulativeSumKernel(op, Slices.of(x, op.axis()));
  }

  @Override
  public WholeArrayKernel rankedSum(RankedSum op) {
    return new RankedSumKernel(op, Slices.of(x, op.axis()));
  }

  @Override
  public WholeArrayKernel isAmongGreatest(IsAmongGreatest op) {
    return new IsAmongGreatestKernel(Slices.of(x, op.axis()), kernels);
  }

  @Override
  public WholeArrayKernel allReduce(AllReduce op) {
    return new AllReduceKernel(op, operands);
  }
}
