package io.lossmith.core.op;

import io.lossmith.core.Shape;
import java.util.List;

/**
 * Operations that compute each element of the result from one element of each operand, the one at
 * its place; operands broadcast as NumPy's do.
 */
public sealed interface ElementwiseOp extends Op permits Unary, Binary, Where, OutOfRange {
  /** Computes one element from one of each operand. */
  double element(double[] operands);

  /** Tells how near results in float are to the formula. */
  Rounding rounding();

  @Override
  default Shape shape(List<Shape> operands) {
    int last = operands.size() - 1;
    Shape common = operands.get(last);
    for (int i = last - 1; i >= 0; i--) {
      common = Shape.broadcast(label(), operands.get(i), common);
    }
    return common;
  }

  @Override
  default void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Shape to = shape(shapes);
    Offsets[] places = shapes.stream().map(x -> Offsets.broadcast(to, x)).toArray(Offsets[]::new);
    double[] x = new double[operands.length];
    for (int i = 0; i < result.length; i++) {
      for (int k = 0; k < x.length; k++) {
        x[k] = operands[k][places[k].next()];
      }
      result[i] = element(x);
    }
  }
}
