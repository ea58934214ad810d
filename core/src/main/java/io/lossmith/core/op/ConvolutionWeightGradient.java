package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;
import java.util.Objects;

/**
 * The transpose of {@link Convolution} in its weights: x {@code [N, C, spatial…]} and g {@code [N,
 * O, positions…]} give {@code [O, C, window…]}.
 *
 * <pre>w[o, c, k] = Σ over n, p of x[n, c, p · stride + k · dilation − padding] · g[n, o, p]</pre>
 *
 * @param window the convolution's
 * @param withRests whether what engines round off comes, too: then the result is {@code [2, O, C,
 *     window…]}, first the sums and then what is to be added to them, and what an image adds has
 *     the same bits whatever the others are
 */
public record ConvolutionWeightGradient(Window window, boolean withRests) implements WholeArrayOp {
  /** Of sums alone. */
  public ConvolutionWeightGradient(Window window) {
    this(window, false);
  }

  /** Refuses null. */
  public ConvolutionWeightGradient {
    Objects.requireNonNull(window, "window");
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.convolutionWeightGradient(this);
  }

  @Override
  public String label() {
    return "convolution weight gradient " + (withRests ? "with rests " : "") + window;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape x = operands.get(0);
    Shape gradient = operands.get(1);
    WindowWalk walk = WindowWalk.of("convolution weight gradient", window, x);
    if (gradient.rank() != x.rank() || !walk.result(gradient.get(1)).equals(gradient)) {
      throw new ShapeException(
          "convolution weight gradient: the gradient is "
              + gradient
              + ", x is "
              + x
              + "; with the window "
              + window
              + " the gradient must be like "
              + walk.result(gradient.rank() > 1 ? gradient.get(1) : 1));
    }
    Shape sums = new Convolution(window).weight(gradient.get(1), x.get(1));
    if (!withRests) {
      return sums;
    }
    int[] both = new int[sums.rank() + 1];
    both[0] = 2;
    System.arraycopy(sums.toArray(), 0, both, 1, sums.rank());
    return Shape.of(both);
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    double[] input = operands[0];
    double[] gradient = operands[1];
    WindowWalk.of("convolution weight gradient", window, shapes.get(0))
        .forEachProduct(shapes.get(1).get(1), (x, w, y) -> result[w] += input[x] * gradient[y]);
  }
}
