package io.lossmith.core.op;

import io.lossmith.core.Shape;
import java.util.List;

/**
 * The running sum along an axis, added up in double.
 *
 * <pre>y[k] = Σ over i ≤ k of x[i]        exclusive: i &lt; k        reverse: i ≥ k, or i &gt; k
 * </pre>
 *
 * <p>The transpose runs the other way.
 */
public record CumulativeSum(int axis, boolean exclusive, boolean reverse) implements WholeArrayOp {
  @Override
  public <R> R match(Cases<R> cases) {
    return cases.cumulativeSum(this);
  }

  @Override
  public String label() {
    return (reverse ? "reverse " : "") + (exclusive ? "exclusive " : "") + "cumulative sum " + axis;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape x = operands.get(0);
    x.axis("cumulativeSum", axis);
    return x;
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Slices lines = Slices.of(shapes.get(0), axis);
    for (int line = 0; line < lines.count(); line++) {
      double sum = 0;
      for (int k = 0; k < lines.length(); k++) {
        int at = lines.start(line) + (reverse ? lines.length() - 1 - k : k) * lines.inner();
        double next = sum + operands[0][at];
        result[at] = exclusive ? sum : next;
        sum = next;
      }
    }
  }
}
