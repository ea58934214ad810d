package io.lossmith.cookbook;

import io.lossmith.autodiff.Tensor;

/** What several recipes say. */
final class Terms {
  private Terms() {}

  /** Returns −ln softmax(x) of each pixel's own class, {@code [N, H, W]}. */
  static Tensor crossEntropy(Tensor x, Tensor labels) {
    return x.logSoftmax(1).atLabel(1, labels).unaryMinus();
  }

  /**
   * Returns (2Σpt + s)/(Σp + Σt + s) over the axes, or over everything.
   *
   * @param smooth s
   */
  static Tensor dice(Tensor p, Tensor t, double smooth, int... axes) {
    return p.times(t).sum(axes).times(2).plus(smooth).div(p.plus(t).sum(axes).plus(smooth));
  }
}
