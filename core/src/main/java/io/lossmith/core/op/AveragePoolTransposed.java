package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;
import java.util.Objects;

/**
 * The transpose of {@link AveragePool}: g {@code [N, C, positions…]} gives the shape of the input.
 *
 * <pre>
 * x[n, c, s] = Σ over p, k with s = p · stride + k · dilation − padding of g[n, c, p] / number of k
 * </pre>
 *
 * @param window the window of the pooling
 * @param input the shape of the pooling's input {@code [N, C, spatial…]}, which is the result's
 */
public record AveragePoolTransposed(Window window, Shape input) implements WholeArrayOp {
  /** Refuses null. */
  public AveragePoolTransposed {
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(input, "input");
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.averagePoolTransposed(this);
  }

  @Override
  public String label() {
    return "average pool transposed " + window;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape gradient = new AveragePool(window).shape(List.of(input));
    if (!gradient.equals(operands.get(0))) {
      throw new ShapeException(
          "average pool transposed: the gradient is "
              + operands.get(0)
              + ", must be "
              + gradient
              + ", which pooling "
              + input
              + " gives");
    }
    return input;
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    WindowWalk walk = WindowWalk.of("average pool transposed", window, input);
    for (int plane = 0; plane < input.get(0) * input.get(1); plane++) {
      int to = plane * walk.plane();
      int from = plane * walk.positions();
      walk.forEach(
          (element, position, tap) ->
              result[to + element] += operands[0][from + position] / walk.taps());
    }
  }
}
