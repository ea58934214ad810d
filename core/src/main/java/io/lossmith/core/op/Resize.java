package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;

/**
 * Resizes the spatial axes by taking the nearest element: x {@code [N, C, spatial…]} gives {@code
 * [N, C, sizes…]}.
 *
 * <pre>y[n, c, i] = x[n, c, source(i)], along each spatial axis</pre>
 *
 * @param mode which element is nearest
 * @param sizes the spatial sizes of the result, each at least 1
 */
public record Resize(Mode mode, List<Integer> sizes) implements Opaque {
  /** Which element is nearest; computed in whole numbers, so exactly. */
  public enum Mode {
    /** ⌊i · from / to⌋: the element below the left edge, PyTorch's "nearest". */
    NEAREST {
      @Override
      public int source(int i, int from, int to) {
        return (int) ((long) i * from / to);
      }
    },
    /** ⌊(i + ½) · from / to⌋: the element below the centre, PyTorch's "nearest-exact". */
    NEAREST_EXACT {
      @Override
      public int source(int i, int from, int to) {
        return (int) ((2L * i + 1) * from / (2L * to));
      }
    };

    /** Returns which of {@code from} elements becomes element {@code i} of {@code to}. */
    public abstract int source(int i, int from, int to);
  }

  @Override
  public String label() {
    return "resize " + sizes;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return resized("resize", operands.get(0), sizes);
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Shape small = shapes.get(0);
    Shape large = shape(shapes);
    for (int i = 0; i < result.length; i++) {
      result[i] = operands[0][source(mode, small, large, i)];
    }
  }

  /** Returns the shape with other spatial sizes. */
  static Shape resized(String who, Shape x, List<Integer> sizes) {
    boolean fits = sizes.size() >= 1 && sizes.size() <= 3 && x.rank() == sizes.size() + 2;
    for (int axis = 2; fits && axis < x.rank(); axis++) {
      fits = x.get(axis) >= 1 && sizes.get(axis - 2) >= 1;
    }
    if (!fits) {
      throw new ShapeException(
          who
              + ": x is "
              + x
              + ", the spatial sizes are "
              + sizes
              + "; x must be [N, C, spatial...] with as many spatial axes (1 to 3), all at least"
              + " 1");
    }
    Shape resized = x;
    for (int axis = 2; axis < x.rank(); axis++) {
      resized = resized.with(axis, sizes.get(axis - 2));
    }
    return resized;
  }

  /** Returns which element of shape {@code from} becomes element {@code i} of shape {@code to}. */
  static int source(Mode mode, Shape from, Shape to, int i) {
    int[] strides = from.strides();
    int source = 0;
    for (int axis = to.rank() - 1; axis >= 0; axis--) {
      int at = i % to.get(axis);
      i /= to.get(axis);
      source += strides[axis] * (axis < 2 ? at : mode.source(at, from.get(axis), to.get(axis)));
    }
    return source;
  }
}
