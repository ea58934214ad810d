package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.AveragePool;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.ConvolutionInputGradient;
import io.lossmith.core.op.DistanceTransform;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Builds what networks are made of. */
final class NetworkOps {
  private NetworkOps() {}

  static Tensor convolve(Tensor x, Tensor weight, Window window) {
    requireChannels("convolve", x.shape());
    return Tensor.make(new Convolution(window), x, weight);
  }

  static Tensor convolve(Tensor x, Tensor weight, int stride, int padding) {
    return convolve(x, weight, window("convolve", x, weight, stride, padding));
  }

  /** Each group of channels goes its own way, and the results stand one after the other. */
  static Tensor convolve(Tensor x, Tensor weight, Window window, int groups) {
    requireChannels("convolve", x.shape());
    requireWeight("convolve", x.shape(), weight.shape(), "[out, in, size...]");
    int in = x.shape().get(1);
    int out = weight.shape().get(0);
    if (groups < 1 || in % groups != 0 || out % groups != 0) {
      throw new ShapeException(
          "convolve: "
              + groups
              + " groups of a tensor "
              + x.shape()
              + " with a weight "
              + weight.shape()
              + "; must divide the channels that go in and those that come out");
    }
    Tensor[] parts = new Tensor[groups];
    for (int k = 0; k < groups; k++) {
      Tensor part = x.slice(1, k * (in / groups), (k + 1) * (in / groups));
      Tensor own = weight.slice(0, k * (out / groups), (k + 1) * (out / groups));
      parts[k] = convolve(part, own, window);
    }
    return Moves.concat(1, parts);
  }

  static Tensor convolve(Tensor x, Tensor weight, int stride, int padding, int groups) {
    return convolve(x, weight, window("convolve", x, weight, stride, padding), groups);
  }

  static Tensor convolveTransposed(Tensor x, Tensor weight, Window window, int... spatialSizes) {
    String who = "convolveTransposed";
    requireSizes(who, x, spatialSizes);
    int[] sizes = new int[spatialSizes.length + 2];
    sizes[0] = x.shape().get(0);
    sizes[1] = requireWeight(who, x.shape(), weight.shape(), "[in, out, size...]").get(1);
    System.arraycopy(spatialSizes, 0, sizes, 2, spatialSizes.length);
    return Tensor.make(new ConvolutionInputGradient(window, Shape.of(sizes)), x, weight);
  }

  /** Takes the smallest sizes that a convolution makes this tensor's of. */
  static Tensor convolveTransposed(Tensor x, Tensor weight, Window window) {
    int spatial = requireChannels("convolveTransposed", x.shape());
    if (window.rank() != spatial) {
      return convolveTransposed(x, weight, window, new int[window.rank()]);
    }
    int[] sizes = new int[spatial];
    for (int axis = 0; axis < spatial; axis++) {
      sizes[axis] =
          (x.shape().get(axis + 2) - 1) * window.stride().get(axis)
              - 2 * window.padding().get(axis)
              + window.dilation().get(axis) * (window.size().get(axis) - 1)
              + 1;
      if (sizes[axis] < 1) {
        throw new ShapeException(
            "convolveTransposed: a tensor "
                + x.shape()
                + " with the window "
                + window
                + " would become "
                + sizes[axis]
                + " long along axis "
                + (axis + 2)
                + "; use less padding");
      }
    }
    return convolveTransposed(x, weight, window, sizes);
  }

  static Tensor convolveTransposed(Tensor x, Tensor weight, int stride, int padding) {
    String who = "convolveTransposed";
    int spatial = requireChannels(who, x.shape());
    requireWeight(who, x.shape(), weight.shape(), "[in, out, size...]");
    List<Integer> size = Moves.boxed(weight.shape().toArray()).subList(2, spatial + 2);
    return convolveTransposed(x, weight, window(who, List.copyOf(size), stride, padding));
  }

  private static Shape requireWeight(String who, Shape x, Shape weight, String form) {
    if (weight.rank() != x.rank()) {
      throw new ShapeException(
          who
              + ": weight is "
              + weight
              + ", the tensor is "
              + x
              + "; both must have as many axes, the weight "
              + form);
    }
    return weight;
  }

  /** Chooses by a key that has no gradient and carries the values that have one. */
  static Tensor maxPool(Tensor x, List<Window> windows) {
    requireChannels("maxPool", x.shape());
    return Tensor.make(new MaxPoolPick(windows), x.stopGradient(), x);
  }

  static Tensor maxPool(Tensor x, int size, int stride, int padding) {
    return maxPool(x, List.of(window("maxPool", x, size, stride, padding)));
  }

  static Tensor averagePool(Tensor x, int size, int stride, int padding) {
    return averagePool(x, window("averagePool", x, size, stride, padding));
  }

  private static Window window(String who, Tensor x, int size, int stride, int padding) {
    int spatial = requireChannels(who, x.shape());
    return window(who, Collections.nCopies(spatial, size), stride, padding);
  }

  static Tensor averagePool(Tensor x, Window window) {
    requireChannels("averagePool", x.shape());
    return Tensor.make(new AveragePool(window), x);
  }

  static Tensor resize(String who, Resize.Mode mode, Tensor x, int... spatialSizes) {
    requireSizes(who, x, spatialSizes);
    return Tensor.make(new Resize(mode, Moves.boxed(spatialSizes)), x);
  }

  private static void requireSizes(String who, Tensor x, int... spatialSizes) {
    int spatial = requireChannels(who, x.shape());
    if (spatialSizes.length != spatial) {
      throw new ShapeException(
          who
              + ": "
              + spatialSizes.length
              + " sizes for a tensor "
              + x.shape()
              + ", which has "
              + spatial
              + " spatial axes; give one for each");
    }
  }

  static Tensor distanceTransform(Tensor x, double... spacing) {
    int spatial = requireChannels("distanceTransform", x.shape());
    List<Double> distances =
        spacing.length == 0
            ? Collections.nCopies(spatial, 1.0)
            : Arrays.stream(spacing).boxed().toList();
    return Tensor.make(new DistanceTransform(distances), x);
  }

  /** Returns how many spatial axes there are. */
  static int requireChannels(String who, Shape shape) {
    if (shape.rank() < 3) {
      throw new ShapeException(
          who + ": a tensor " + shape + "; must be [batch, channels, spatial...]");
    }
    return shape.rank() - 2;
  }

  private static Window window(String who, Tensor x, Tensor weight, int stride, int padding) {
    int spatial = requireChannels(who, x.shape());
    requireWeight(who, x.shape(), weight.shape(), "[out, in, size...]");
    List<Integer> size = Moves.boxed(weight.shape().toArray()).subList(2, spatial + 2);
    return window(who, List.copyOf(size), stride, padding);
  }

  private static Window window(String who, List<Integer> size, int stride, int padding) {
    if (stride < 1 || padding < 0 || Collections.min(size) < 1) {
      throw new IllegalArgumentException(
          who
              + ": size "
              + size
              + ", stride "
              + stride
              + ", padding "
              + padding
              + "; size and stride must be at least 1, padding at least 0");
    }
    int axes = size.size();
    return new Window(
        size,
        Collections.nCopies(axes, stride),
        Collections.nCopies(axes, padding),
        Collections.nCopies(axes, 1));
  }
}
