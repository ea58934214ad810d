package io.lossmith.cookbook;

import io.lossmith.autodiff.Tensor;

/** What several recipes say. */
final class Terms {
  private Terms() {}

  /** Returns 1 − x. */
  static Tensor oneMinus(Tensor x) {
    return x.unaryMinus().plus(1);
  }

  /** Returns labels {@code [N, H, W]} as ones and zeros in the shape of x. */
  static Tensor classesOf(Tensor labels, Tensor x) {
    return labels.oneHot(x.shape().get(1), 1);
  }

  /** Returns −ln softmax(x) of each pixel's own class, {@code [N, H, W]}. */
  static Tensor crossEntropy(Tensor x, Tensor labels) {
    return x.logSoftmax(1).times(classesOf(labels, x)).sum(1).unaryMinus();
  }

  /** Returns |i − j| for all pairs of n classes, {@code [n, n]}. */
  static Tensor classDistances(int n) {
    return Tensor.iota(n).unsqueeze(1).minus(Tensor.iota(n)).abs();
  }
}
