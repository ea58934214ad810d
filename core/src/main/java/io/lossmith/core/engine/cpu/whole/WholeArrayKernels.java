package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
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
import io.lossmith.core.op.Slices;
import io.lossmith.core.op.Window;
import java.util.List;
import java.util.function.Supplier;

/** Chooses the kernel of a whole-array operation. */
public final class WholeArrayKernels {
  private WholeArrayKernels() {}

  /**
   * Returns a kernel for one node. Channels, sizes and strides are fixed by the shapes.
   *
   * @param kernels where the inner loops of windows and pools come from
   */
  public static WholeArrayKernel of(
      Opaque op, List<Shape> operands, Shape result, Kernels kernels) {
    if (result.count() == 0) {
      return (arrays, to, team) -> {};
    }
    Supplier<WindowLoops> loops = kernels::windows;
    Shape x = operands.get(0);
    if (op instanceof Convolution convolution) {
      Stencil stencil = Stencil.forward(convolution.window(), x);
      return new CorrelationKernel(stencil, x.get(0), result.get(1), false, loops);
    }
    if (op instanceof ConvolutionInputGradient gradient) {
      Stencil stencil = Stencil.transposed(gradient.window(), x, result);
      return new CorrelationKernel(stencil, x.get(0), result.get(1), true, loops);
    }
    if (op instanceof ConvolutionWeightGradient gradient) {
      Stencil stencil = Stencil.forward(gradient.window(), x);
      return new WeightGradientKernel(stencil, x.get(0), result.get(0), loops);
    }
    if (op instanceof MaxPoolPick pick) {
      return maxPool(pick.windows(), x, false, kernels);
    }
    if (op instanceof MaxPoolScatter scatter) {
      return maxPool(scatter.windows(), x, true, kernels);
    }
    if (op instanceof AveragePool pool) {
      return BlockPoolKernel.fits(pool.window())
          ? new BlockPoolKernel(pool.window(), x, false)
          : BoxSumKernel.forward(pool.window(), x, loops);
    }
    if (op instanceof AveragePoolTransposed pool) {
      return BlockPoolKernel.fits(pool.window())
          ? new BlockPoolKernel(pool.window(), result, true)
          : BoxSumKernel.transposed(pool.window(), x, result, loops);
    }
    if (op instanceof Resize resize) {
      return resized(resize.mode(), x, result, false);
    }
    if (op instanceof ResizeTransposed resize) {
      return resized(resize.mode(), result, x, true);
    }
    if (op instanceof MatrixMultiply) {
      return new MatrixMultiplyKernel(x, operands.get(1), loops);
    }
    if (op instanceof DistanceTransform transform) {
      return new DistanceTransformKernel(transform, x);
    }
    if (op instanceof ArgSort sort) {
      return new ArgSortKernel(Slices.of(x, sort.axis()), sort.descending());
    }
    if (op instanceof Gather gather) {
      return new GatherKernel(
          Slices.of(x, gather.axis()), Slices.of(operands.get(1), gather.axis()));
    }
    if (op instanceof ScatterAdd scatter) {
      return new ScatterAddKernel(Slices.of(x, scatter.axis()), Slices.of(result, scatter.axis()));
    }
    if (op instanceof CumulativeSum sum) {
      return new CumulativeSumKernel(sum, Slices.of(x, sum.axis()));
    }
    if (op instanceof RankedSum sum) {
      return new RankedSumKernel(sum, Slices.of(x, sum.axis()));
    }
    if (op instanceof IsAmongGreatest greatest) {
      return new IsAmongGreatestKernel(Slices.of(x, greatest.axis()));
    }
    throw new IllegalStateException("whole-array kernels: " + op.label() + " has no kernel here");
  }

  private static WholeArrayKernel maxPool(
      List<Window> windows, Shape x, boolean scatter, Kernels kernels) {
    return DenseMaxPoolKernel.fits(windows, x)
        ? new DenseMaxPoolKernel(windows, x, scatter, kernels::pools)
        : new MaxPoolKernel(windows, x, scatter);
  }

  private static WholeArrayKernel resized(
      Resize.Mode mode, Shape from, Shape to, boolean transposed) {
    return mode == Resize.Mode.LINEAR
        ? new LinearResizeKernel(mode, from, to, transposed)
        : new ResizeKernel(mode, from, to, transposed);
  }
}
