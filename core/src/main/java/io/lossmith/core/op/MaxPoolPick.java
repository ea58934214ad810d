package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.Arrays;
import java.util.List;

/**
 * From each window takes the value that stands where the key is greatest: key and values {@code [N,
 * C, spatial…]} give {@code [N, C, positions…]}. With the same tensor as both it is max pooling.
 *
 * <pre>y[n, c, p] = values[n, c, argmax of key[n, c, ·] under window p]</pre>
 *
 * At ties the first in row-major order is taken. NaN counts as greatest. Padding is never taken; a
 * window of nothing but padding gives 0.
 */
public record MaxPoolPick(Window window) implements Opaque {
  @Override
  public String label() {
    return "max pool pick " + window;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape key = operands.get(0);
    if (!key.equals(operands.get(1))) {
      throw new ShapeException(
          "max pool pick: the values are "
              + operands.get(1)
              + ", the key is "
              + key
              + "; both must have the same shape");
    }
    return WindowWalk.of("max pool pick", window, key).result(key.get(1));
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    int[] picks = picks("max pool pick", window, operands[0], shapes.get(0));
    for (int i = 0; i < picks.length; i++) {
      result[i] = picks[i] < 0 ? 0 : operands[1][picks[i]];
    }
  }

  /** Returns for each element of the result which element of the key is greatest, −1 for none. */
  static int[] picks(String who, Window window, double[] key, Shape shape) {
    WindowWalk walk = WindowWalk.of(who, window, shape);
    int[] picks = new int[walk.result(shape.get(1)).count()];
    Arrays.fill(picks, -1);
    for (int plane = 0; plane < shape.get(0) * shape.get(1); plane++) {
      int from = plane * walk.plane();
      int to = plane * walk.positions();
      walk.forEach(
          (element, position, tap) -> {
            int best = picks[to + position];
            if (best < 0 || greater(key[from + element], key[best])) {
              picks[to + position] = from + element;
            }
          });
    }
    return picks;
  }

  /** Tells whether a later key beats the best so far. */
  private static boolean greater(double later, double best) {
    return later > best || (Double.isNaN(later) && !Double.isNaN(best));
  }
}
