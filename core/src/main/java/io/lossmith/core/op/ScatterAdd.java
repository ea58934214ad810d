package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;

/**
 * Adds elements up at given positions along one axis: values and positions of one shape give that
 * shape with the axis {@code length} long. The transpose of {@link Gather}.
 *
 * <pre>y[…, i, …] = Σ over k with positions[…, k, …] = i of values[…, k, …]</pre>
 *
 * <p>What has a position that is no whole number from 0 to length − 1 is left out: it is for a
 * {@link Check} to tell of it.
 */
public record ScatterAdd(int axis, int length) implements WholeArrayOp {
  @Override
  public <R> R match(Cases<R> cases) {
    return cases.scatterAdd(this);
  }

  @Override
  public String label() {
    return "scatter add " + axis;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape values = operands.get(0);
    if (!values.equals(operands.get(1))) {
      throw new ShapeException(
          "scatterAdd: the positions are "
              + operands.get(1)
              + ", the values are "
              + values
              + "; both must have the same shape");
    }
    return values.with(values.axis("scatterAdd", axis), length);
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Slices from = Slices.of(shapes.get(0), axis);
    Slices to = Slices.of(shape(shapes), axis);
    for (int line = 0; line < from.count(); line++) {
      for (int k = 0; k < from.length(); k++) {
        int at = from.start(line) + k * from.inner();
        int position = Gather.position(operands[1][at], length);
        if (position >= 0) {
          result[to.start(line) + position * to.inner()] += operands[0][at];
        }
      }
    }
  }
}
