package io.lossmith.core.op;

import io.lossmith.core.Elements;
import java.util.List;

/**
 * How a window walks over the spatial axes: one number for each of them, outermost first.
 *
 * @param size elements under the window
 * @param stride elements it moves on by
 * @param padding elements added on both ends of the axis
 * @param dilation distance of the elements under the window
 */
public record Window(
    List<Integer> size, List<Integer> stride, List<Integer> padding, List<Integer> dilation) {
  /** Far beyond any picture, and places that are counted with it still fit in an int. */
  private static final int MOST = 1 << 24;

  /**
   * Creates a window.
   *
   * @throws IllegalArgumentException if the lists differ in length, or a size, stride or dilation
   *     is below 1, or a padding below 0, or one is above 2^24
   */
  public Window {
    size = checked("size", size, size, 1);
    stride = checked("stride", stride, size, 1);
    padding = checked("padding", padding, size, 0);
    dilation = checked("dilation", dilation, size, 1);
  }

  private static List<Integer> checked(
      String what, List<Integer> values, List<Integer> size, int least) {
    List<Integer> copy = Elements.copyOf(values, what);
    boolean fits = values.stream().allMatch(value -> value >= least && value <= MOST);
    if (values.size() != size.size() || !fits) {
      throw new IllegalArgumentException(
          "window: "
              + what
              + " is "
              + values
              + ", must be "
              + size.size()
              + " numbers in "
              + least
              + ".."
              + MOST
              + ", one for each spatial axis");
    }
    return copy;
  }

  /** Returns how many positions the window has along a spatial axis of the given length. */
  public int positions(int axis, int length) {
    int reach = dilation.get(axis) * (size.get(axis) - 1) + 1;
    return Math.floorDiv(length + 2 * padding.get(axis) - reach, stride.get(axis)) + 1;
  }

  /** Returns where along the unpadded axis element {@code k} of window {@code position} lies. */
  public int source(int axis, int position, int k) {
    return position * stride.get(axis) + k * dilation.get(axis) - padding.get(axis);
  }

  /** Returns how many spatial axes there are. */
  public int rank() {
    return size.size();
  }

  @Override
  public String toString() {
    return size + " stride " + stride + " padding " + padding + " dilation " + dilation;
  }
}
