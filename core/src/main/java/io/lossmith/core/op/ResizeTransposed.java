package io.lossmith.core.op;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import java.util.List;
import java.util.Objects;

/**
 * The transpose of {@link Resize}: g {@code [N, C, spatial…]} gives {@code [N, C, sizes…]}, each
 * element the sum of what was made of it.
 *
 * <pre>x[n, c, s] = Σ over i of (the part of x[n, c, s] in y[n, c, i]) · g[n, c, i]</pre>
 *
 * @param mode which elements were taken
 * @param sizes the spatial sizes of the result, which are those of the resizing's input
 */
public record ResizeTransposed(Resize.Mode mode, List<Integer> sizes) implements WholeArrayOp {
  /** Refuses null. */
  public ResizeTransposed {
    Objects.requireNonNull(mode, "mode");
    sizes = Elements.copyOf(sizes, "sizes");
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.resizeTransposed(this);
  }

  @Override
  public String label() {
    return "resize transposed " + sizes;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return Resize.resized("resize transposed", operands.get(0), sizes);
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Shape gradient = shapes.get(0);
    Shape input = shape(shapes);
    Resize.forEachPart(
        mode, input, gradient, (to, from, part) -> result[to] += part * operands[0][from]);
  }
}
