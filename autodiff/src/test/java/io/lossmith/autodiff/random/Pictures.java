package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Whole arrays [N, C, spatial…]: convolutions, pools, sizes, distances. */
final class Pictures {
  static final List<Operation> ROWS =
      List.of(
          row("convolve", s -> s.x().convolve(weights(s, 2, channels(s)), 1, 1).times(.3)),
          row(
              "convolve, stride 2",
              s -> s.x().convolve(weights(s, 2, channels(s)), 2, 1).times(.3)),
          row(
              "convolveTransposed",
              s -> s.x().convolveTransposed(weights(s, channels(s), 2), 1, 1).times(.3)),
          row(
              "convolve each channel",
              s -> s.x().convolve(weights(s, channels(s), 1), 1, 1, channels(s)).times(.3)),
          row("convolve with a part of itself", Pictures::correlated),
          row("averagePool", s -> s.x().averagePool(window(s, 2, 1, 0))),
          row("averagePool in halves", s -> s.x().averagePool(window(s, 2, 2, 0))),
          row("maxPool", s -> s.x().maxPool(window(s, 2, 1, 0))),
          row("maxPool of threes", s -> s.x().maxPool(window(s, 3, 1, 1))),
          row("erosion", s -> s.x().unaryMinus().maxPool(window(s, 3, 1, 1)).unaryMinus()),
          row("resizeLinear", s -> s.x().resizeLinear(sizes(s))),
          row("resizeNearest", s -> s.x().resizeNearest(sizes(s))),
          row("resizeNearestExact", s -> s.x().resizeNearestExact(sizes(s))),
          row(
              "distance to t > .3",
              s -> s.isLikeInputs() ? distance(s, s.given().t().greaterThan(.3)) : s.x()),
          row("distance to x > 0", s -> distance(s, s.x().greaterThan(0))));

  private Pictures() {}

  private static Operation row(String name, Function<Step, Tensor> build) {
    return Operation.row(name, s -> s.rank() > 2 && s.rank() < 6, build);
  }

  private static int channels(Step s) {
    return s.sizes()[1];
  }

  /** Returns weights of 1 or 3 places along each spatial axis. */
  private static Tensor weights(Step s, int first, int second) {
    int[] sizes = new int[s.rank()];
    Arrays.fill(sizes, s.toss() ? 3 : 1);
    sizes[0] = first;
    sizes[1] = second;
    float[] values = new float[Shape.of(sizes).count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = s.luck() - .5f;
    }
    return Tensor.of(values, sizes);
  }

  /** Gradients flow to the weights too. */
  private static Tensor correlated(Step s) {
    Tensor part = s.x().slice(0, 0, 1);
    for (int axis = 2; axis < s.rank(); axis++) {
      part = part.slice(axis, 0, Math.min(3, s.sizes()[axis]));
    }
    return s.x().convolve(part, 1, 1).times(.1);
  }

  private static Window window(Step s, int size, int stride, int padding) {
    return new Window(each(s, size), each(s, stride), each(s, padding), each(s, 1));
  }

  private static List<Integer> each(Step s, int number) {
    return Collections.nCopies(s.rank() - 2, number);
  }

  private static int[] sizes(Step s) {
    int[] sizes = new int[s.rank() - 2];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = 1 + s.below(2 * s.sizes()[i + 2]);
    }
    return sizes;
  }

  private static Tensor distance(Step s, Tensor region) {
    double[] spacing = new double[s.rank() - 2];
    Arrays.fill(spacing, 1);
    return region.distanceTransform(spacing).minimum(5).times(s.x());
  }
}
