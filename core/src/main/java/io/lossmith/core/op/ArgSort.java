package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The order of the elements along an axis: y[k] is the position of the k-th smallest, or with
 * {@code descending} of the k-th greatest, as a whole number.
 *
 * <p>Stable: elements that tie keep their order, in both directions; −0 ties with 0. NaN counts as
 * greatest. Positions are floats, so an axis must not be longer than 2^24.
 */
public record ArgSort(int axis, boolean descending) implements WholeArrayOp {
  /** Whole numbers up to here are exact in float. */
  public static final int LONGEST = 1 << 24;

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.argSort(this);
  }

  @Override
  public String label() {
    return (descending ? "argsort descending " : "argsort ") + axis;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape x = operands.get(0);
    requireCountable("argSort", x, axis);
    return x;
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Slices lines = Slices.of(shapes.get(0), axis);
    for (int line = 0; line < lines.count(); line++) {
      int start = lines.start(line);
      Integer[] order = order(operands[0], start, lines, descending);
      for (int k = 0; k < order.length; k++) {
        result[start + k * lines.inner()] = order[k];
      }
    }
  }

  /** Returns the order of the elements of the line that begins at {@code start}. */
  static Integer[] order(double[] x, int start, Slices lines, boolean descending) {
    Integer[] order = new Integer[lines.length()];
    Arrays.setAll(order, i -> i);
    Comparator<Integer> smaller =
        Comparator.comparingDouble(i -> x[start + i * lines.inner()] + 0.0);
    Arrays.sort(order, descending ? smaller.reversed() : smaller);
    return order;
  }

  /** Throws if floats do not hold every position of an axis. */
  static void requireCountable(String who, Shape x, int axis) {
    if (x.get(x.axis(who, axis)) > LONGEST) {
      throw new ShapeException(
          who
              + ": axis "
              + axis
              + " of "
              + x
              + " is longer than "
              + LONGEST
              + ", beyond which floats do not hold every position; sort parts of it");
    }
  }
}
