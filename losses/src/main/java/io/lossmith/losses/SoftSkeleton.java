package io.lossmith.losses;

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
final class SoftSkeleton {
  private SoftSkeleton() {}

  /** Returns the skeleton after so many iterations, of the same shape. */
  static Tensor of(Tensor x, int iterations) {
    Tensor eroded = erode(x);
    Tensor skeleton = x.minus(dilate(eroded)).relu();
    for (int i = 0; i < iterations; i++) {
      Tensor level = eroded;
      eroded = erode(level);
      Tensor taken = level.minus(dilate(eroded)).relu();
      skeleton = skeleton.plus(taken.minus(skeleton.times(taken)).relu());
    }
    return skeleton;
  }

  private static Tensor erode(Tensor x) {
    int axes = spatial(x);
    List<Window> cross = IntStream.range(0, axes).mapToObj(axis -> along(axis, axes)).toList();
    return x.unaryMinus().maxPool(cross).unaryMinus();
  }

  private static Tensor dilate(Tensor x) {
    return x.maxPool(window(Collections.nCopies(spatial(x), 3)));
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
