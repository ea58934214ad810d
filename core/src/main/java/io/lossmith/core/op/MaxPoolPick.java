package io.lossmith.core.op;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * From each window takes the value that stands where the key is greatest: key and values {@code [N,
 * C, spatial…]} give {@code [N, C, positions…]}. With the same tensor as both it is max pooling.
 *
 * <pre>y[n, c, p] = values[n, c, argmax of key[n, c, ·] under window p]</pre>
 *
 * At ties the first in row-major order is taken. NaN counts as greatest. Padding is never taken; a
 * window of nothing but padding gives 0.
 *
 * <p>Several windows with the same positions together are one that need not be a box: each picks as
 * above, and the greatest of these is taken. Here ties are shared: a window takes half of what
 * those before it have.
 *
 * @param windows one window, or several with as many positions
 */
public record MaxPoolPick(List<Window> windows) implements WholeArrayOp {
  /** Creates the operation. */
  public MaxPoolPick {
    windows = checked(windows);
  }

  /** Creates the operation with one window. */
  public MaxPoolPick(Window window) {
    this(List.of(Objects.requireNonNull(window, "window")));
  }

  /** Returns the windows; there must be one. */
  static List<Window> checked(List<Window> windows) {
    List<Window> copy = Elements.copyOf(windows, "windows");
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("maxPool: there is no window, must be one at least");
    }
    return copy;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.maxPoolPick(this);
  }

  @Override
  public String label() {
    return "max pool pick " + label(windows);
  }

  static String label(List<Window> windows) {
    return windows.stream().map(Window::toString).collect(Collectors.joining(" and "));
  }

  @Override
  public Shape shape(List<Shape> operands) {
    Shape key = operands.get(0);
    if (!key.equals(operands.get(1))) {
      throw new ShapeException(
          "maxPool: the values are "
              + operands.get(1)
              + ", the key is "
              + key
              + "; both must have the same shape");
    }
    return positions("maxPool", windows, key);
  }

  /** Returns the shape with one element for each position of the windows. */
  static Shape positions(String who, List<Window> windows, Shape key) {
    Shape result = WindowWalk.of(who, windows.get(0), key).result(key.get(1));
    for (Window window : windows) {
      Shape other = WindowWalk.of(who, window, key).result(key.get(1));
      if (!other.equals(result)) {
        throw new ShapeException(
            who
                + ": over a key "
                + key
                + " the windows "
                + label(windows)
                + " have "
                + result
                + " and "
                + other
                + " positions; must be as many");
      }
    }
    return result;
  }

  @Override
  public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    forEachPick(
        "maxPool",
        windows,
        operands[0],
        shapes.get(0),
        (position, element, share) -> result[position] += share * operands[1][element]);
  }

  /** What to do with a picked element. */
  interface Visitor {
    /** Visits an element of the key that makes up a share of a position. */
    void visit(int position, int element, double share);
  }

  /** Visits what is picked at each position; nothing in a window of nothing but padding. */
  static void forEachPick(
      String who, List<Window> windows, double[] key, Shape shape, Visitor visitor) {
    List<int[]> picks = windows.stream().map(window -> picks(who, window, key, shape)).toList();
    double[] shares = new double[picks.size()];
    for (int i = 0; i < picks.get(0).length; i++) {
      int best = -1;
      Arrays.fill(shares, 0);
      for (int k = 0; k < shares.length; k++) {
        int pick = picks.get(k)[i];
        if (pick < 0 || (best >= 0 && greater(key[best], key[pick]))) {
          continue;
        }
        double kept = best < 0 || greater(key[pick], key[best]) ? 0 : 0.5;
        for (int before = 0; before < k; before++) {
          shares[before] *= kept;
        }
        shares[k] = 1 - kept;
        best = pick;
      }
      for (int k = 0; k < shares.length; k++) {
        if (shares[k] > 0) {
          visitor.visit(i, picks.get(k)[i], shares[k]);
        }
      }
    }
  }

  /** Returns for each element of the result which element of the key is greatest, −1 for none. */
  private static int[] picks(String who, Window window, double[] key, Shape shape) {
    WindowWalk walk = WindowWalk.of(who, window, shape);
    int[] picks = new int[walk.result(shape.get(1)).count()];
    Arrays.fill(picks, -1);
    for (int plane = 0; plane < shape.get(0) * shape.get(1); plane++) {
      int from = plane * walk.plane();
      int to = plane * walk.positions();
      walk.forEach(
          (element, position, tap) -> {
            int best = picks[to + position];
            if (best < 0 || greater(key[from + element], key[best])) {
              picks[to + position] = from + element;
            }
          });
    }
    return picks;
  }

  /** Tells whether a later key beats the best so far. */
  private static boolean greater(double later, double best) {
    return later > best || (Double.isNaN(later) && !Double.isNaN(best));
  }
}
