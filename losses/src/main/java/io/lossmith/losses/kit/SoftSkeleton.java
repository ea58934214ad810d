package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.op.Window;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The centre lines of soft masks {@code [N, C, spatial...]}, by peeling: what an opening takes away
 * at each depth belongs to them.
 *
 * <pre>
 * erode(x)  = the least over the axes of the least of 3 neighbours along the axis
 * dilate(x) = the greatest of 3 × 3 (× 3) neighbours    open(x) = dilate(erode(x))
 * e = x, skeleton = relu(e − open(e)), then k times
 * e = erode(e), d = relu(e − open(e)), skeleton += relu(d − skeleton·d)
 * </pre>
 *
 * <p>What lies outside of the picture is never chosen. Slopes where values tie: of neighbours in a
 * window the first takes all, of two axes each takes half, and relu has slope 0 at 0.
 */
public final class SoftSkeleton {
  private SoftSkeleton() {}

  /**
   * Returns the skeleton after so many iterations, of the same shape. All is kept negated: an
   * erosion is then one max pool, and what flows back to a level and to its opening is one tensor,
   * without a change of sign for which it would be worked out again.
   */
  public static Tensor of(Tensor x, int iterations) {
    Tensor level = x.unaryMinus();
    Tensor eroded = level.maxPool(cross(spatial(x)));
    Tensor skeleton = taken(level, eroded);
    for (int i = 0; i < iterations; i++) {
      level = eroded;
      eroded = level.maxPool(cross(spatial(x)));
      Tensor taken = taken(level, eroded);
      skeleton = skeleton.plus(below0(taken.plus(skeleton.times(taken))));
    }
    return skeleton.unaryMinus();
  }

  /** Returns what an opening takes away from a level. */
  private static Tensor taken(Tensor level, Tensor eroded) {
    Tensor opened = eroded.unaryMinus().maxPool(window(Collections.nCopies(spatial(eroded), 3)));
    return below0(opened.plus(level));
  }

  /** Returns −relu(−x). */
  private static Tensor below0(Tensor x) {
    return Choice.zeroOr(x.greaterOrEqual(0), x);
  }

  /** Returns a window along each axis. */
  private static List<Window> cross(int axes) {
    return IntStream.range(0, axes).mapToObj(axis -> along(axis, axes)).toList();
  }

  private static int spatial(Tensor x) {
    return x.shape().rank() - 2;
  }

  private static Window along(int axis, int axes) {
    return window(IntStream.range(0, axes).map(i -> i == axis ? 3 : 1).boxed().toList());
  }

  /** Returns the window that leaves the sizes as they are. */
  private static Window window(List<Integer> size) {
    List<Integer> ones = Collections.nCopies(size.size(), 1);
    return new Window(size, ones, size.stream().map(width -> width / 2).toList(), ones);
  }
}
