package io.lossmith.core.op;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.List;
import java.util.Objects;

/**
 * Resizes the spatial axes by taking the nearest element, or between two: x {@code [N, C,
 * spatial…]} gives {@code [N, C, sizes…]}.
 *
 * <pre>
 * y[n, c, i] = (1 − f)·x[n, c, s] + f·x[n, c, s + 1], along each spatial axis, s = source(i) and
 * f = fraction(i); where f is 0 nothing else is looked at
 * </pre>
 *
 * @param mode which elements are taken
 * @param sizes the spatial sizes of the result, each at least 1
 */
public record Resize(Mode mode, List<Integer> sizes) implements WholeArrayOp {
  /** Refuses null. */
  public Resize {
    Objects.requireNonNull(mode, "mode");
    sizes = Elements.copyOf(sizes, "sizes");
  }

  /** Which elements are taken; computed in whole numbers, so exactly. */
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
    },
    /**
     * Linear between the centres of elements, (i + ½) · from / to − ½, and constant beyond the
     * outermost: PyTorch's "linear", "bilinear" and "trilinear" without aligned corners.
     */
    LINEAR {
      @Override
      public int source(int i, int from, int to) {
        return (int) (centre(i, from, to) / (2L * to));
      }

      @Override
      public double fraction(int i, int from, int to) {
        return centre(i, from, to) % (2L * to) / (2.0 * to);
      }

      /** Returns where the centre lies between those of the first and last, in 2·to parts. */
      private static long centre(int i, int from, int to) {
        long centre = (2L * i + 1) * from - to;
        return Math.max(0, Math.min(centre, 2L * to * (from - 1)));
      }
    };

    /** Returns the name of the method that resizes so, for messages. */
    String method() {
      return switch (this) {
        case NEAREST -> "resizeNearest";
        case NEAREST_EXACT -> "resizeNearestExact";
        case LINEAR -> "resizeLinear";
      };
    }

    /** Returns which of {@code from} elements element {@code i} of {@code to} is made of. */
    public abstract int source(int i, int from, int to);

    /** Returns which part of it is made of the next element; 0 where there is none. */
    public double fraction(int i, int from, int to) {
      return 0;
    }
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.resize(this);
  }

  @Override
  public String label() {
    return "resize " + sizes;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return resized(mode.method(), operands.get(0), sizes);
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    Shape small = shapes.get(0);
    Shape large = shape(shapes);
    forEachPart(mode, small, large, (from, to, part) -> result[to] += part * operands[0][from]);
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

  /** What to do with an element and its part in another. */
  interface Part {
    /** Visits. */
    void visit(int from, int to, double part);
  }

  /** Visits, for each element of shape {@code to}, all that it is made of. */
  static void forEachPart(Mode mode, Shape from, Shape to, Part visitor) {
    for (int i = 0; i < to.count(); i++) {
      visit(mode, from, to, i, i, to.rank() - 1, new double[] {0, 1}, visitor);
    }
  }

  /** Goes on with one axis; {@code sofar} holds the position by the inner axes, and the part. */
  private static void visit(
      Mode mode, Shape from, Shape to, int i, int rest, int axis, double[] sofar, Part visitor) {
    if (axis < 0) {
      visitor.visit((int) sofar[0], i, sofar[1]);
      return;
    }
    int length = to.get(axis);
    int at = rest % length;
    int outer = rest / length;
    int source = axis < 2 ? at : mode.source(at, from.get(axis), length);
    double fraction = axis < 2 ? 0 : mode.fraction(at, from.get(axis), length);
    for (int next = 0; next <= (fraction > 0 ? 1 : 0); next++) {
      double[] longer = {
        sofar[0] + (double) from.strides()[axis] * (source + next),
        sofar[1] * (next == 0 ? 1 - fraction : fraction)
      };
      visit(mode, from, to, i, outer, axis - 1, longer, visitor);
    }
  }
}
