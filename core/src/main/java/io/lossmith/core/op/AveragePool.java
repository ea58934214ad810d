package io.lossmith.core.op;

import io.lossmith.core.Shape;
import java.util.List;
import java.util.Objects;

/**
 * The mean under a window, in which padding counts as zeros: x {@code [N, C, spatial…]} gives
 * {@code [N, C, positions…]}.
 *
 * <pre>y[n, c, p] = Σ over k of x[n, c, p · stride + k · dilation − padding] / number of k</pre>
 */
public record AveragePool(Window window) implements WholeArrayOp {
  /** Refuses null. */
  public AveragePool {
    Objects.requireNonNull(window, "window");
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.averagePool(this);
  }

  @Override
  public String label() {
    return "average pool " + window;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape x = operands.get(0);
    return WindowWalk.of("averagePool", window, x).result(x.get(1));
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Shape x = shapes.get(0);
    WindowWalk walk = WindowWalk.of("averagePool", window, x);
    for (int plane = 0; plane < x.get(0) * x.get(1); plane++) {
      int from = plane * walk.plane();
      int to = plane * walk.positions();
      walk.forEach(
          (element, position, tap) ->
              result[to + position] += operands[0][from + element] / walk.taps());
    }
  }
}
