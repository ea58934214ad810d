package io.lossmith.core.op;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A fold over axes (counted from 0, ascending), which stay in the result with size 1.
 *
 * @param fold how elements are joined
 * @param axes the axes that are folded
 */
public record AxisFold(Fold fold, List<Integer> axes) implements Op {
  /** Refuses null. */
  public AxisFold {
    Objects.requireNonNull(fold, "fold");
    axes = Elements.copyOf(axes, "axes");
  }

  @Override
  public String label() {
    return fold.label() + " " + axes;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return operands.get(0).folded(axes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Arrays.fill(result, fold.start());
    // Folded axes have size 1 in the result: stride 0.
    Offsets target = Offsets.broadcast(shapes.get(0), shape(shapes));
    for (double value : operands[0]) {
      int at = target.next();
      result[at] = fold.apply(result[at], value);
    }
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.axisFold(this);
  }
}
