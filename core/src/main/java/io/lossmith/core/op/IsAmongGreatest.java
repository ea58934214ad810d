package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.Arrays;
import java.util.List;

/**
 * 1 for each of the k greatest elements along an axis, else 0. Of elements that tie those that come
 * first are taken; −0 ties with 0, NaN counts as greatest.
 *
 * <p>Operands: the elements, and k for each line, of their shape with the axis at 1; k is rounded
 * down, all of a line are taken from its length on and none below 1, as for NaN.
 */
public record IsAmongGreatest(int axis) implements WholeArrayOp {
  private static final String WHO = "isAmongGreatest";

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.isAmongGreatest(this);
  }

  @Override
  public String label() {
    return "is among greatest " + axis;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape x = operands.get(0);
    ArgSort.requireCountable(WHO, x, axis);
    Shape k = x.with(axis, 1);
    if (!k.equals(operands.get(1))) {
      throw new ShapeException(
          WHO + ": k is " + operands.get(1) + " for elements " + x + ", must be " + k);
    }
    return x;
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Slices lines = Slices.of(shapes.get(0), axis);
    for (int line = 0; line < lines.count(); line++) {
      int start = lines.start(line);
      Integer[] order = ArgSort.order(operands[0], start, lines, true);
      int count = (int) Math.min(order.length, operands[1][line]);
      Arrays.stream(order, 0, Math.max(0, count))
          .forEach(k -> result[start + k * lines.inner()] = 1);
    }
  }
}
