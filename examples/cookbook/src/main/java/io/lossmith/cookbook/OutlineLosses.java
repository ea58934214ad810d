package io.lossmith.cookbook;

import io.lossmith.autodiff.Tensor;

/** Losses of outlines: how long they are, and how far from where they should be. */
public final class OutlineLosses {
  private OutlineLosses() {}

  /**
   * Length of the outline, and what lies on its wrong side.
   *
   * <pre>Σ √((∂p/∂y)² + (∂p/∂x)² + 1e-8)  +  λ·(Σ p(1 − t)² + Σ (1 − p)t²)</pre>
   *
   * <p>Prediction: probabilities, target of the same shape in 0..1, at least 3 x 3. Sums, not
   * means, as in the paper: the larger the picture, the larger the loss. The two differences are
   * taken at pixels beside each other, as in the authors' code.
   *
   * <p>Source: Chen, Williams, Vallabhaneni, Czanner, Williams and Zheng, Learning active contour
   * models for medical image segmentation, 2019.
   *
   * @param lambda what the wrong side weighs
   */
  public static Tensor activeContour(Tensor p, Tensor t, double lambda) {
    Tensor down = p.diff(2).slice(2, 1, p.size(2) - 1).slice(3, 0, p.size(3) - 2);
    Tensor right = p.diff(3).slice(2, 0, p.size(2) - 2).slice(3, 1, p.size(3) - 1);
    Tensor length = down.square().plus(right.square()).plus(1e-8).sqrt().sum();
    Tensor wrong = p.times(t.rsub(1).square()).plus(p.rsub(1).times(t.square())).sum();
    return length.plus(wrong.times(lambda));
  }

  /**
   * Total variation: how much the prediction changes from pixel to pixel, whatever the target.
   *
   * <pre>mean of |p(y + 1, x) − p(y, x)|  +  mean of |p(y, x + 1) − p(y, x)|</pre>
   *
   * <p>Prediction of any shape {@code [N, C, H, W]}; the target is not looked at. Meant to be added
   * to another loss.
   *
   * <p>Source: Rudin, Osher and Fatemi, Nonlinear total variation based noise removal algorithms,
   * 1992, in its form with absolute values.
   */
  public static Tensor totalVariation(Tensor p, Tensor t) {
    return p.diff(2).abs().mean().plus(p.diff(3).abs().mean());
  }

  /**
   * How far the strengths of edges are apart.
   *
   * <pre>mean of  |E(p) − E(t)|      E(x) = √((S_x * x)² + (S_y * x)² + 1e-6), S Sobel's kernels
   * </pre>
   *
   * <p>Prediction: probabilities {@code [N, 1, H, W]}, target of the same shape in 0..1. Outside of
   * the picture both are 0.
   *
   * <p>Source: the 3 x 3 operator of Sobel and Feldman, 1968; edges found by it are what Borse,
   * Wang, Zhang and Porikli compare in InverseForm: a loss function for structured boundary-aware
   * segmentation, 2021 (arXiv:2104.02745), with a network in place of the difference.
   */
  public static Tensor sobelEdge(Tensor p, Tensor t) {
    return edges(p).minus(edges(t)).abs().mean();
  }

  private static Tensor edges(Tensor x) {
    Tensor across = Tensor.of(new float[] {-1, 0, 1, -2, 0, 2, -1, 0, 1}, 3, 3);
    Tensor kernels = Tensor.stack(0, across, across.transpose()).unsqueeze(1);
    return x.convolve(kernels, 1, 1).square().sum(1).plus(1e-6).sqrt();
  }

  /**
   * What is wrong, weighed by the squared distance from the outline of its class.
   *
   * <pre>1 − Σ_c w_c·Σ(d(1 − (t + p)))² / Σ_c w_c·Σd²
   * d = distance from the outline of class c   w_c = 1/(pixels of class c + 1)</pre>
   *
   * <p>Prediction: logits, for p = softmax; target: labels. Each class must be in each sample, and
   * none may fill one: without an outline distances are infinite and the value is NaN.
   *
   * <p>Source: Celaya, Riviere and Fuentes, A generalized surface loss for reducing the Hausdorff
   * distance in medical imaging segmentation, 2023 (arXiv:2302.03868).
   */
  public static Tensor generalizedSurface(Tensor x, Tensor labels) {
    Tensor p = x.softmax(1), y = labels.oneHot(x.size(1), 1);
    Tensor far = y.distanceTransform().minus(y.rsub(1).distanceTransform());
    Tensor right = far.times(y.plus(p).rsub(1)).square().sum(0, 2, 3);
    Tensor weight = y.sum(0, 2, 3).plus(1).reciprocal();
    return right.times(weight).sum().div(far.square().sum(0, 2, 3).times(weight).sum()).rsub(1);
  }

  /**
   * How many erosions what is wrong survives: a measure of how thick it is.
   *
   * <pre>mean of  Σ_k k^α·e_k      e_0 = (p − t)²   e_k = to 0..1 of max(0, K * e_(k−1) − ½)
   * K = a cross of five numbers 0.2; "to 0..1" is for each plane, and nothing where it is flat
   * </pre>
   *
   * <p>Prediction: probabilities {@code [N, 1, H, W]}, target of the same shape in 0..1.
   *
   * <p>Source: Karimi and Salcudean, Reducing the Hausdorff distance in medical image segmentation
   * with convolutional neural networks, 2019 (arXiv:1904.10030).
   *
   * @param alpha how fast an erosion's weight grows; the paper takes 2
   * @param erosions how many
   */
  public static Tensor hausdorffErosion(Tensor p, Tensor t, double alpha, int erosions) {
    Tensor cross = Tensor.of(new float[] {0, .2f, 0, .2f, .2f, .2f, 0, .2f, 0}, 1, 1, 3, 3);
    Tensor wrong = p.minus(t).square(), total = Tensor.scalar(0);
    for (int k = 1; k <= erosions; k++) {
      Tensor eroded = wrong.convolve(cross, 1, 1).minus(0.5).relu(), low = eroded.minKeep(2, 3);
      Tensor range = eroded.maxKeep(2, 3).minus(low);
      wrong = Tensor.where(range.greaterThan(0), eroded.minus(low).div(range), eroded);
      total = total.plus(wrong.times(Math.pow(k, alpha)));
    }
    return total.mean();
  }
}
