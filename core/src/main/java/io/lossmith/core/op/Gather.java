package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;

/**
 * Takes along one axis the elements at given positions: values and positions of one rank, equal in
 * all other axes, give the positions' shape.
 *
 * <pre>y[…, k, …] = values[…, positions[…, k, …], …]</pre>
 *
 * <p>A position that is no whole number from 0 to length − 1 gives NaN: it is for a {@link Check}
 * to tell of it.
 */
public record Gather(int axis) implements WholeArrayOp {
  @Override
  public <R> R match(Cases<R> cases) {
    return cases.gather(this);
  }

  @Override
  public String label() {
    return "gather " + axis;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape values = operands.get(0);
    Shape positions = operands.get(1);
    int at = values.axis("gather", axis);
    if (positions.rank() != values.rank() || !positions.folded(at).equals(values.folded(at))) {
      throw new ShapeException(
          "gather: the positions are "
              + positions
              + ", the values are "
              + values
              + "; they may differ in axis "
              + axis
              + " only");
    }
    return positions;
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Slices from = Slices.of(shapes.get(0), axis);
    Slices to = Slices.of(shapes.get(1), axis);
    for (int line = 0; line < to.count(); line++) {
      for (int k = 0; k < to.length(); k++) {
        int at = to.start(line) + k * to.inner();
        int position = position(operands[1][at], from.length());
        result[at] =
            position < 0 ? Double.NaN : operands[0][from.start(line) + position * from.inner()];
      }
    }
  }

  /** Returns a position as a whole number, −1 where it is not one of 0 to length − 1. */
  static int position(double given, int length) {
    return given >= 0 && given < length && given == Math.rint(given) ? (int) given : -1;
  }
}
