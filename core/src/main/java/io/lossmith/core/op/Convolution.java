package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;
import java.util.Objects;

/**
 * Cross-correlation, what deep learning calls convolution, over 1 to 3 spatial axes with zeros as
 * padding: x {@code [N, C, spatial…]} and w {@code [O, C, window…]} give {@code [N, O,
 * positions…]}.
 *
 * <pre>y[n, o, p] = Σ over c, k of x[n, c, p · stride + k · dilation − padding] · w[o, c, k]</pre>
 */
public record Convolution(Window window) implements WholeArrayOp {
  /** Refuses null. */
  public Convolution {
    Objects.requireNonNull(window, "window");
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.convolution(this);
  }

  @Override
  public String label() {
    return "convolution " + window;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape x = operands.get(0);
    Shape w = operands.get(1);
    WindowWalk walk = WindowWalk.of("convolve", window, x);
    if (w.rank() != x.rank() || w.get(1) != x.get(1) || !weight(w.get(0), x.get(1)).equals(w)) {
      throw new ShapeException(
          "convolve: w is "
              + w
              + ", x is "
              + x
              + "; w must be [O, "
              + x.get(1)
              + ", window...] with a window of "
              + window.size());
    }
    return walk.result(w.get(0));
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    double[] input = operands[0];
    double[] weight = operands[1];
    WindowWalk.of("convolve", window, shapes.get(0))
        .forEachProduct(shapes.get(1).get(0), (x, w, y) -> result[y] += input[x] * weight[w]);
  }

  /** Returns the shape of the weights. */
  Shape weight(int outputs, int channels) {
    int[] sizes = new int[window.rank() + 2];
    sizes[0] = outputs;
    sizes[1] = channels;
    for (int axis = 0; axis < window.rank(); axis++) {
      sizes[axis + 2] = window.size().get(axis);
    }
    return Shape.of(sizes);
  }
}
