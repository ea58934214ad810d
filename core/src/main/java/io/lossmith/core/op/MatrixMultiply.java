package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;

/**
 * The matrix product: a {@code […, M, K]} and b {@code […, K, N]} with equal leading axes give
 * {@code […, M, N]}.
 *
 * <pre>y[…, m, n] = Σ over k of a[…, m, k] · b[…, k, n]</pre>
 */
public record MatrixMultiply() implements WholeArrayOp {
  @Override
  public <R> R match(Cases<R> cases) {
    return cases.matrixMultiply(this);
  }

  @Override
  public String label() {
    return "matrix multiply";
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape a = operands.get(0);
    Shape b = operands.get(1);
    int last = a.rank() - 1;
    boolean fits = last >= 1 && b.rank() == a.rank() && a.get(last) == b.get(last - 1);
    for (int axis = 0; fits && axis < last - 1; axis++) {
      fits = a.get(axis) == b.get(axis);
    }
    if (!fits) {
      throw new ShapeException(
          "matmul: shapes "
              + a
              + " and "
              + b
              + " do not go together; they must be [..., M, K] and [..., K, N] with equal leading"
              + " axes");
    }
    return a.with(last, b.get(last));
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Shape a = shapes.get(0);
    int inner = a.get(a.rank() - 1);
    int columns = shapes.get(1).get(a.rank() - 1);
    int rows = a.get(a.rank() - 2);
    for (int i = 0; i < result.length; i++) {
      int row = i / columns;
      int matrix = row / rows;
      for (int k = 0; k < inner; k++) {
        double factor = operands[0][row * inner + k];
        result[i] += factor * operands[1][(matrix * inner + k) * columns + i % columns];
      }
    }
  }
}
