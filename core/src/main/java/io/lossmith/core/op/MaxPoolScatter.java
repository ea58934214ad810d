package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;

/**
 * The transpose of {@link MaxPoolPick} in its values: key {@code [N, C, spatial…]} and g {@code [N,
 * C, positions…]} give the key's shape.
 *
 * <pre>x[n, c, s] = Σ over p with s = argmax of key[n, c, ·] under window p of g[n, c, p]</pre>
 */
public record MaxPoolScatter(Window window) implements Opaque {
  @Override
  public String label() {
    return "max pool scatter " + window;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape key = operands.get(0);
    Shape gradient = WindowWalk.of("max pool scatter", window, key).result(key.get(1));
    if (!gradient.equals(operands.get(1))) {
      throw new ShapeException(
          "max pool scatter: the gradient is "
              + operands.get(1)
              + ", the key is "
              + key
              + "; with the window "
              + window
              + " the gradient must be "
              + gradient);
    }
    return key;
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    int[] picks = MaxPoolPick.picks("max pool scatter", window, operands[0], shapes.get(0));
    for (int i = 0; i < picks.length; i++) {
      if (picks[i] >= 0) {
        result[picks[i]] += operands[1][i];
      }
    }
  }
}
