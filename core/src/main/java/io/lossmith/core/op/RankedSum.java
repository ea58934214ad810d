package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Running sums in the order of keys, each at its own element's place, and how many elements they
 * are over: keys and values of one shape give {@code [2, shape...]}.
 *
 * <pre>y[0, i] = Σ over j at or before i in the order of keys of values[j]
 * y[1, i] = how many those are</pre>
 *
 * <p>The order is that of {@link ArgSort}: stable, −0 ties with 0, NaN counts as greatest. With
 * {@code reverse} the sums are over the elements at or behind; that is the transpose. Sums are
 * added up in double. Counts are floats, so an axis must not be longer than 2^24.
 */
public record RankedSum(int axis, boolean descending, boolean reverse) implements WholeArrayOp {
  private static final String WHO = "rankedSum";

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.rankedSum(this);
  }

  @Override
  public String label() {
    return "ranked sum" + (descending ? " descending" : "") + (reverse ? " reverse " : " ") + axis;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape keys = operands.get(0);
    if (!keys.equals(operands.get(1))) {
      throw new ShapeException(
          WHO
              + ": the keys are "
              + keys
              + ", the values are "
              + operands.get(1)
              + ", must be of one shape");
    }
    ArgSort.requireCountable(WHO, keys, axis);
    List<Integer> sizes = new ArrayList<>(List.of(2));
    for (int size : keys.toArray()) {
      sizes.add(size);
    }
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Slices lines = Slices.of(shapes.get(0), axis);
    int all = shapes.get(0).count();
    for (int line = 0; line < lines.count(); line++) {
      int start = lines.start(line);
      Integer[] order = ArgSort.order(operands[0], start, lines, descending);
      double sum = 0;
      for (int k = 0; k < order.length; k++) {
        int at = start + order[reverse ? order.length - 1 - k : k] * lines.inner();
        sum += operands[1][at];
        result[at] = sum;
        result[all + at] = k + 1;
      }
    }
  }
}
