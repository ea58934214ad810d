package io.lossmith.core.op;

import io.lossmith.core.Shape;
import java.util.List;

/**
 * Operations that are neither elementwise, folds nor moves. They read and write whole arrays and
 * run between fused passes. Each is a file of its own that holds its shape rule and its formula.
 */
public sealed interface Opaque extends Op
    permits Convolution,
        ConvolutionInputGradient,
        ConvolutionWeightGradient,
        MaxPoolPick,
        MaxPoolScatter,
        AveragePool,
        AveragePoolTransposed,
        Resize,
        ResizeTransposed,
        MatrixMultiply,
        DistanceTransform,
        ArgSort,
        Gather,
        ScatterAdd,
        CumulativeSum {
  /**
   * Returns the shape of the result.
   *
   * @throws io.lossmith.core.ShapeException if the operands do not go together
   */
  Shape shape(List<Shape> operands);

  /**
   * Computes the result by the plain formula, in double: the reference for every engine.
   *
   * @param operands row-major elements of each operand
   * @param shapes their shapes
   * @param result filled by this method; holds zeros before
   */
  void evaluate(double[][] operands, List<Shape> shapes, double[] result);
}
