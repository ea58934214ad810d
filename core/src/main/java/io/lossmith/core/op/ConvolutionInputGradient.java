package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;
import java.util.Objects;

/**
 * The transpose of {@link Convolution} in its input: g {@code [N, O, positions…]} and w {@code [O,
 * C, window…]} give the shape of the input.
 *
 * <pre>
 * x[n, c, s] = Σ over o, p, k with s = p · stride + k · dilation − padding of g[n, o, p] · w[o, c, k]
 * </pre>
 *
 * @param window the window of the convolution
 * @param input the shape of the convolution's input {@code [N, C, spatial…]}, which is the result's
 */
public record ConvolutionInputGradient(Window window, Shape input) implements WholeArrayOp {
  /** Refuses null. */
  public ConvolutionInputGradient {
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(input, "input");
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.convolutionInputGradient(this);
  }

  @Override
  public String label() {
    return "convolution input gradient " + window;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape gradient = operands.get(0);
    Shape forward = new Convolution(window).shape(List.of(input, operands.get(1)));
    if (!forward.equals(gradient)) {
      throw new ShapeException(
          "convolveTransposed: the tensor is "
              + gradient
              + ", must be "
              + forward
              + ", which a convolution of "
              + input
              + " with "
              + operands.get(1)
              + " gives");
    }
    return input;
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    double[] gradient = operands[0];
    double[] weight = operands[1];
    WindowWalk.of("convolveTransposed", window, input)
        .forEachProduct(shapes.get(1).get(0), (x, w, y) -> result[x] += gradient[y] * weight[w]);
  }
}
