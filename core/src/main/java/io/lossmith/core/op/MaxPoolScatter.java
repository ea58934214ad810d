package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;
import java.util.Objects;

/**
 * The transpose of {@link MaxPoolPick} in its values: key {@code [N, C, spatial…]} and g {@code [N,
 * C, positions…]} give the key's shape.
 *
 * <pre>x[n, c, s] = Σ over p with s = argmax of key[n, c, ·] under window p of g[n, c, p]</pre>
 *
 * @param windows one window, or several with as many positions
 */
public record MaxPoolScatter(List<Window> windows) implements WholeArrayOp {
  /** Creates the operation. */
  public MaxPoolScatter {
    windows = MaxPoolPick.checked(windows);
  }

  /** Creates the operation with one window. */
  public MaxPoolScatter(Window window) {
    this(List.of(Objects.requireNonNull(window, "window")));
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.maxPoolScatter(this);
  }

  @Override
  public String label() {
    return "max pool scatter " + MaxPoolPick.label(windows);
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape key = operands.get(0);
    Shape gradient = MaxPoolPick.positions("max pool scatter", windows, key);
    if (!gradient.equals(operands.get(1))) {
      throw new ShapeException(
          "max pool scatter: the gradient is "
              + operands.get(1)
              + ", the key is "
              + key
              + "; with the window "
              + MaxPoolPick.label(windows)
              + " the gradient must be "
              + gradient);
    }
    return key;
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    MaxPoolPick.forEachPick(
        "max pool scatter",
        windows,
        operands[0],
        shapes.get(0),
        (position, element, share) -> result[element] += share * operands[1][position]);
  }
}
