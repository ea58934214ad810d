package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.AveragePool;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.MatrixMultiply;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.Window;
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
    int spatial = requireChannels("convolve", x.shape());
    if (weight.shape().rank() != x.shape().rank()) {
      throw new ShapeException(
          "convolve: weight is "
              + weight.shape()
              + ", the tensor is "
              + x.shape()
              + "; both must have as many axes, the weight [out, in, size...]");
    }
    List<Integer> size = Moves.boxed(weight.shape().toArray()).subList(2, spatial + 2);
    return convolve(x, weight, window("convolve", List.copyOf(size), stride, padding));
  }

  /** Chooses by a key that has no gradient and carries the values that have one. */
  static Tensor maxPool(Tensor x, Window window) {
    requireChannels("maxPool", x.shape());
    return Tensor.make(new MaxPoolPick(window), x.stopGradient(), x);
  }

  static Tensor maxPool(Tensor x, int size) {
    int spatial = requireChannels("maxPool", x.shape());
    return maxPool(x, window("maxPool", Collections.nCopies(spatial, size), size, 0));
  }

  static Tensor averagePool(Tensor x, Window window) {
    requireChannels("averagePool", x.shape());
    return Tensor.make(new AveragePool(window), x);
  }

  static Tensor resize(String who, Resize.Mode mode, Tensor x, int... spatialSizes) {
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
    return Tensor.make(new Resize(mode, Moves.boxed(spatialSizes)), x);
  }

  static Tensor matmul(Tensor a, Tensor b) {
    Shape left = a.shape();
    Shape right = b.shape();
    int rank = left.rank();
    boolean fits = rank >= 2 && right.rank() == rank;
    for (int axis = 0; fits && axis < rank - 2; axis++) {
      fits = left.get(axis) == right.get(axis);
    }
    if (!fits || left.get(rank - 1) != right.get(rank - 2)) {
      throw new ShapeException(
          "matmul: "
              + left
              + " times "
              + right
              + "; must be [..., m, k] times [..., k, n] with equal leading axes");
    }
    return Tensor.make(new MatrixMultiply(), a, b);
  }

  /** Returns how many spatial axes there are. */
  private static int requireChannels(String who, Shape shape) {
    if (shape.rank() < 3) {
      throw new ShapeException(
          who + ": a tensor " + shape + "; must be [batch, channels, spatial...]");
    }
    return shape.rank() - 2;
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
