package io.lossmith.core.engine.cpu.opaque;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.OpaqueKernel;
import io.lossmith.core.engine.cpu.plain.PlainPoolLoops;
import io.lossmith.core.engine.cpu.plain.PlainWindowLoops;
import io.lossmith.core.engine.cpu.simd.SimdPoolLoops;
import io.lossmith.core.engine.cpu.simd.SimdWindowLoops;
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

/**
 * Chooses the kernel of an opaque operation: channels, sizes and strides are fixed by the shapes.
 */
public final class OpaqueKernels implements Opaque.Cases<OpaqueKernel> {
  private final List<Shape> operands;
  private final Shape x;
  private final Shape result;
  private final boolean simd;
  private final Supplier<WindowLoops> loops;

  private OpaqueKernels(List<Shape> operands, Shape result, boolean simd) {
    this.operands = operands;
    this.x = operands.get(0);
    this.result = result;
    this.simd = simd;
    this.loops = simd ? OpaqueKernels::simdLoops : PlainWindowLoops::new;
  }

  /**
   * Returns a kernel for one node.
   *
   * @param simd whether to use the Vector API; its classes are not touched otherwise
   */
  public static OpaqueKernel of(Opaque op, List<Shape> operands, Shape result, boolean simd) {
    return result.count() == 0
        ? (arrays, to, team) -> {}
        : op.match(new OpaqueKernels(operands, result, simd));
  }

  @Override
  public OpaqueKernel convolution(Convolution op) {
    Stencil stencil = Stencil.forward(op.window(), x);
    return new CorrelationKernel(stencil, x.get(0), result.get(1), false, loops);
  }

  @Override
  public OpaqueKernel convolutionInputGradient(ConvolutionInputGradient op) {
    Stencil stencil = Stencil.transposed(op.window(), x, result);
    return new CorrelationKernel(stencil, x.get(0), result.get(1), true, loops);
  }

  @Override
  public OpaqueKernel convolutionWeightGradient(ConvolutionWeightGradient op) {
    Stencil stencil = Stencil.forward(op.window(), x);
    return new WeightGradientKernel(stencil, x.get(0), result.get(0), loops);
  }

  @Override
  public OpaqueKernel maxPoolPick(MaxPoolPick op) {
    return maxPool(op.windows(), false);
  }

  @Override
  public OpaqueKernel maxPoolScatter(MaxPoolScatter op) {
    return maxPool(op.windows(), true);
  }

  private OpaqueKernel maxPool(List<Window> windows, boolean scatter) {
    Supplier<PoolLoops> pools = simd ? OpaqueKernels::simdPools : PlainPoolLoops::new;
    return DenseMaxPoolKernel.fits(windows, x)
        ? new DenseMaxPoolKernel(windows, x, scatter, pools)
        : new MaxPoolKernel(windows, x, scatter);
  }

  @Override
  public OpaqueKernel averagePool(AveragePool op) {
    return BlockPoolKernel.fits(op.window())
        ? new BlockPoolKernel(op.window(), x, false)
        : BoxSumKernel.forward(op.window(), x, loops);
  }

  @Override
  public OpaqueKernel averagePoolTransposed(AveragePoolTransposed op) {
    return BlockPoolKernel.fits(op.window())
        ? new BlockPoolKernel(op.window(), result, true)
        : BoxSumKernel.transposed(op.window(), x, result, loops);
  }

  @Override
  public OpaqueKernel resize(Resize op) {
    return resized(op.mode(), x, result, false);
  }

  @Override
  public OpaqueKernel resizeTransposed(ResizeTransposed op) {
    return resized(op.mode(), result, x, true);
  }

  private static OpaqueKernel resized(Resize.Mode mode, Shape from, Shape to, boolean transposed) {
    return mode == Resize.Mode.LINEAR
        ? new LinearResizeKernel(mode, from, to, transposed)
        : new ResizeKernel(mode, from, to, transposed);
  }

  @Override
  public OpaqueKernel matrixMultiply(MatrixMultiply op) {
    return new MatrixMultiplyKernel(x, operands.get(1), loops);
  }

  @Override
  public OpaqueKernel distanceTransform(DistanceTransform op) {
    return new DistanceTransformKernel(op, x);
  }

  @Override
  public OpaqueKernel argSort(ArgSort op) {
    return new ArgSortKernel(Slices.of(x, op.axis()), op.descending());
  }

  @Override
  public OpaqueKernel gather(Gather op) {
    return new GatherKernel(Slices.of(x, op.axis()), Slices.of(operands.get(1), op.axis()));
  }

  @Override
  public OpaqueKernel scatterAdd(ScatterAdd op) {
    return new ScatterAddKernel(Slices.of(x, op.axis()), Slices.of(result, op.axis()));
  }

  @Override
  public OpaqueKernel cumulativeSum(CumulativeSum op) {
    return new CumulativeSumKernel(op, Slices.of(x, op.axis()));
  }

  @Override
  public OpaqueKernel rankedSum(RankedSum op) {
    return new RankedSumKernel(op, Slices.of(x, op.axis()));
  }

  @Override
  public OpaqueKernel isAmongGreatest(IsAmongGreatest op) {
    return new IsAmongGreatestKernel(Slices.of(x, op.axis()));
  }

  private static PoolLoops simdPools() {
    return new SimdPoolLoops();
  }

  private static WindowLoops simdLoops() {
    return new SimdWindowLoops();
  }
}
