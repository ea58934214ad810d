package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.MatrixMultiply;
import java.util.Arrays;

/** Builds what takes the last two axes for rows and columns. */
final class Matrices {
  private Matrices() {}

  static Tensor transpose(Tensor x) {
    int rank = x.shape().rank();
    if (rank < 2) {
      throw new ShapeException("transpose: a tensor " + x.shape() + "; must be [..., m, n]");
    }
    int[] axes = new int[rank];
    Arrays.setAll(axes, i -> i);
    axes[rank - 2] = rank - 1;
    axes[rank - 1] = rank - 2;
    return x.permute(axes);
  }

  static Tensor matmul(Tensor a, Tensor b) {
    Shape left = a.shape();
    Shape right = b.shape();
    boolean fits = left.rank() >= 2 && right.rank() >= 2;
    if (!fits || left.get(left.rank() - 1) != right.get(right.rank() - 2)) {
      throw new ShapeException(
          "matmul: "
              + left
              + " times "
              + right
              + "; must be [..., m, k] times [..., k, n] with leading axes that broadcast");
    }
    if (leading(left).equals(leading(right))) {
      return Tensor.make(new MatrixMultiply(), a, b);
    }
    if (right.rank() == 2) {
      return rows(a, b);
    }
    Shape common = Shape.broadcast("matmul: leading axes", leading(left), leading(right));
    return Tensor.make(new MatrixMultiply(), repeated(a, common), repeated(b, common));
  }

  /** One matrix for all: their rows go through it as one long matrix. */
  private static Tensor rows(Tensor a, Tensor b) {
    Shape shape = a.shape();
    int last = shape.rank() - 1;
    Shape flat = Shape.of(shape.without(last).count(), shape.get(last));
    Tensor product = Tensor.make(new MatrixMultiply(), Moves.reshaped(a, flat), b);
    return Moves.reshaped(product, shape.with(last, b.shape().get(1)));
  }

  private static Shape leading(Shape shape) {
    return shape.without(shape.rank() - 2, shape.rank() - 1);
  }

  private static Tensor repeated(Tensor x, Shape leading) {
    int[] sizes = Arrays.copyOf(leading.toArray(), leading.rank() + 2);
    sizes[leading.rank()] = x.shape().get(x.shape().rank() - 2);
    sizes[leading.rank() + 1] = x.shape().get(x.shape().rank() - 1);
    return Moves.broadcastTo(x, Shape.of(sizes));
  }

  static Tensor cholesky(Tensor x) {
    int rows = x.shape().rank() - 2;
    Tensor[] columns = eliminated("cholesky", x);
    for (int k = 0; k < columns.length; k++) {
      int[] above = new int[rows + 2];
      above[rows] = k;
      Tensor pivot = columns[k].slice(rows, 0, 1);
      columns[k] = columns[k].div(pivot.sqrt()).pad(above, new int[rows + 2]);
    }
    return Moves.concat(rows + 1, columns);
  }

  static Tensor pivots(String who, Tensor x) {
    int rows = x.shape().rank() - 2;
    Tensor[] pivots = eliminated(who, x);
    for (int k = 0; k < pivots.length; k++) {
      pivots[k] = pivots[k].slice(rows, 0, 1);
    }
    return Moves.concat(rows + 1, pivots).squeeze(rows);
  }

  static Tensor logDeterminant(Tensor x) {
    return pivots("logDeterminant", x).log().sum(-1);
  }

  /** Returns the columns as elimination comes to them, each from its pivot down. */
  private static Tensor[] eliminated(String who, Tensor x) {
    Tensor[] columns = new Tensor[requireSquare(who, x.shape())];
    int rows = x.shape().rank() - 2;
    Tensor left = x;
    for (int k = 0; k < columns.length; k++) {
      int rest = columns.length - k;
      columns[k] = left.slice(rows + 1, 0, 1);
      Tensor pivot = columns[k].slice(rows, 0, 1);
      Tensor below = columns[k].slice(rows, 1, rest);
      Tensor explained = below.times(transpose(below)).div(pivot);
      left = left.slice(rows, 1, rest).slice(rows + 1, 1, rest).minus(explained);
    }
    return columns;
  }

  private static int requireSquare(String who, Shape shape) {
    int rank = shape.rank();
    if (rank < 2 || shape.get(rank - 1) != shape.get(rank - 2) || shape.get(rank - 1) < 1) {
      throw new ShapeException(
          who + ": a tensor " + shape + "; must be [..., n, n] with n at least 1");
    }
    return shape.get(rank - 1);
  }
}
