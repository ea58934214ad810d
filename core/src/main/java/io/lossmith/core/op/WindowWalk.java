package io.lossmith.core.op;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Window} over the spatial axes of one shape {@code [N, C, spatial…]}: what the operations
 * with windows share. Slow and clear.
 */
final class WindowWalk {
  private final Window window;
  private final Shape input;
  private final Shape lengths;
  private final Shape positions;
  private final Shape taps;

  private WindowWalk(Window window, Shape input, Shape lengths, Shape positions) {
    this.window = window;
    this.input = input;
    this.lengths = lengths;
    this.positions = positions;
    this.taps = Shape.of(window.size().stream().mapToInt(Integer::intValue).toArray());
  }

  /** What to do with one element under a window. */
  interface Visitor {
    /**
     * Visits.
     *
     * @param element which element of one plane
     * @param position which position of the window
     * @param tap which element of the window
     */
    void visit(int element, int position, int tap);
  }

  /** What to do with one product of a convolution. */
  interface Product {
    /** Visits the elements of input, weight and result that belong together. */
    void visit(int x, int w, int y);
  }

  /**
   * Returns the walk.
   *
   * @throws ShapeException if the window does not fit the shape
   */
  static WindowWalk of(String who, Window window, Shape input) {
    if (window.rank() < 1 || window.rank() > 3 || input.rank() != window.rank() + 2) {
      throw new ShapeException(
          who
              + ": x is "
              + input
              + ", the window "
              + window
              + " has "
              + window.rank()
              + " axes; x must be [N, C, spatial...] with 1 to 3 spatial axes, as many as the"
              + " window");
    }
    int[] lengths = new int[window.rank()];
    int[] positions = new int[window.rank()];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = input.get(axis + 2);
      positions[axis] = window.positions(axis, lengths[axis]);
      if (positions[axis] < 1) {
        throw new ShapeException(
            who
                + ": x is "
                + input
                + ", the window "
                + window
                + " is longer than its axis "
                + (axis + 2)
                + " with padding; use a smaller window or more padding");
      }
    }
    return new WindowWalk(window, input, Shape.of(lengths), Shape.of(positions));
  }

  /** Returns the shape of the result, one element for each position. */
  Shape result(int channels) {
    List<Integer> sizes = new ArrayList<>(List.of(input.get(0), channels));
    for (int axis = 0; axis < positions.rank(); axis++) {
      sizes.add(positions.get(axis));
    }
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Returns how many elements a plane of the input has. */
  int plane() {
    return lengths.count();
  }

  /** Returns how many positions the window has on a plane. */
  int positions() {
    return positions.count();
  }

  /** Returns how many elements the window has. */
  int taps() {
    return taps.count();
  }

  /** Visits every element under every position, positions in order; padding is left out. */
  void forEach(Visitor visitor) {
    for (int position = 0; position < positions(); position++) {
      for (int tap = 0; tap < taps(); tap++) {
        int element = element(position, tap);
        if (element >= 0) {
          visitor.visit(element, position, tap);
        }
      }
    }
  }

  /**
   * Visits the products of a convolution of this input with weights for {@code outputs} channels.
   */
  void forEachProduct(int outputs, Product product) {
    forEach(
        (element, position, tap) -> {
          int channels = input.get(1);
          for (int n = 0; n < input.get(0); n++) {
            for (int o = 0; o < outputs; o++) {
              for (int c = 0; c < channels; c++) {
                int x = (n * channels + c) * plane() + element;
                int w = (o * channels + c) * taps() + tap;
                product.visit(x, w, (n * outputs + o) * positions() + position);
              }
            }
          }
        });
  }

  /** Returns where on the plane a tap at a position lies, −1 in the padding. */
  private int element(int position, int tap) {
    int element = 0;
    for (int axis = 0; axis < lengths.rank(); axis++) {
      int source =
          window.source(axis, coordinate(positions, axis, position), coordinate(taps, axis, tap));
      if (source < 0 || source >= lengths.get(axis)) {
        return -1;
      }
      element = element * lengths.get(axis) + source;
    }
    return element;
  }

  private static int coordinate(Shape shape, int axis, int index) {
    for (int inner = shape.rank() - 1; inner > axis; inner--) {
      index /= shape.get(inner);
    }
    return index % shape.get(axis);
  }
}
