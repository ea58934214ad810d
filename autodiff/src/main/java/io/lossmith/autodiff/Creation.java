package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;

/** Makes tensors out of numbers. */
final class Creation {
  /** Whole numbers up to here are exact in float. */
  private static final int EXACT = 1 << 24;

  private Creation() {}

  static Tensor data(String who, float[] values, boolean changing, int... sizes) {
    Shape shape = Shape.of(sizes);
    requireCount(who, values.length, shape);
    return leaf(new Leaf.Data(values, changing), shape);
  }

  static void requireCount(String who, int given, Shape shape) {
    if (given != shape.count()) {
      throw new ShapeException(
          who
              + ": "
              + given
              + " values for a tensor "
              + shape
              + ", which has "
              + shape.count()
              + "; they must be as many"
              + (shape.rank() == 0 ? "; give the sizes of its axes" : ""));
    }
  }

  static Tensor scalar(double value) {
    return leaf(new Leaf.Scalar(value), Shape.SCALAR);
  }

  /** Holds one number, whatever the size. */
  static Tensor full(double value, Shape shape) {
    return shape.rank() == 0
        ? scalar(value)
        : Tensor.make(new Move.Broadcast(shape), scalar(value));
  }

  static Tensor iota(int n) {
    if (n < 0) {
      throw new ShapeException("iota: n is " + n + ", must be at least 0");
    }
    return iota(n, 0, 1);
  }

  static Tensor eye(int n) {
    if (n < 0) {
      throw new ShapeException("eye: n is " + n + ", must be at least 0");
    }
    return iota(n, 0, 2).equalTo(iota(n, 1, 2));
  }

  /** Counts along one of {@code rank} axes; the others have size 1. */
  static Tensor iota(int n, int axis, int rank) {
    int[] sizes = new int[rank];
    java.util.Arrays.fill(sizes, 1);
    sizes[axis] = n;
    return leaf(new Leaf.Iota(axis), Shape.of(sizes));
  }

  static Tensor labels(int[] labels, int... sizes) {
    float[] values = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] > EXACT || labels[i] < -EXACT) {
        throw new IllegalArgumentException(
            "labels: the label at " + i + " is " + labels[i] + ", must be within ±" + EXACT);
      }
      values[i] = labels[i];
    }
    return data("labels", values, false, sizes);
  }

  static Tensor labels(byte[] labels, int... sizes) {
    float[] values = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = Byte.toUnsignedInt(labels[i]);
    }
    return data("labels", values, false, sizes);
  }

  private static Tensor leaf(Leaf leaf, Shape shape) {
    return new Tensor(Node.leaf(leaf, shape));
  }
}
