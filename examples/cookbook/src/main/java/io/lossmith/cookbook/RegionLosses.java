package io.lossmith.cookbook;

import static io.lossmith.cookbook.Terms.dice;

import io.lossmith.autodiff.Tensor;

/** Losses of overlap: ratios of sums over regions. */
public final class RegionLosses {
  private RegionLosses() {}

  /**
   * Dice under a root, so that classes which are hard count more.
   *
   * <pre>Σ_c  1 − D_c^(1/β)      D_c = (2Σpt + 1e-5)/(Σp + Σt + 1e-5) over the batch</pre>
   *
   * <p>Prediction: logits, for p = softmax; target: labels.
   *
   * <p>Source: Wang and Chung, Focal Dice loss and image dilation for brain tumor segmentation,
   * 2018.
   *
   * @param beta 1 for plain Dice, more for flatter roots; the paper's best is 2
   */
  public static Tensor focalDice(Tensor x, Tensor labels, double beta) {
    Tensor dice = dice(x.softmax(1), labels.oneHot(x.size(1), 1), 1e-5, 0, 2, 3);
    return dice.pow(1 / beta).rsub(1).sum();
  }

  /**
   * Dice in which what is wrong counts by a power, so that being a little wrong costs little and
   * being sure and wrong costs most.
   *
   * <pre>1 − (2TP + 1e-6)/(2TP + FP + FN + 1e-6)
   * TP = Σpt   FP = Σ(p(1 − t))^γ   FN = Σ((1 − p)t)^γ   over everything</pre>
   *
   * <p>Prediction: probabilities, target of the same shape in 0..1.
   *
   * <p>Source: Yeung et al., Calibrating the Dice loss to handle neural network overconfidence for
   * biomedical image segmentation, 2021 (arXiv:2111.00528).
   *
   * @param gamma 1 for plain Dice; the paper takes 2
   */
  public static Tensor dicePlusPlus(Tensor p, Tensor t, double gamma) {
    Tensor hit = p.times(t).sum().times(2).plus(1e-6);
    Tensor wrong = p.times(t.rsub(1)).pow(gamma).plus(p.rsub(1).times(t).pow(gamma)).sum();
    return hit.div(hit.plus(wrong)).rsub(1);
  }

  /**
   * A power of minus the logarithm of Dice, for each sample.
   *
   * <pre>mean over samples of  (−ln D)^γ      D = (2Σpt + 1)/(Σp + Σt + 1)</pre>
   *
   * <p>Prediction: probabilities, target of the same shape in 0..1. With γ below 1 the slope is not
   * finite at D = 1.
   *
   * <p>Source: the Dice part of Wong, Moradi, Tang and Syeda-Mahmood, 3D segmentation with
   * exponential logarithmic loss for highly unbalanced object sizes, 2018 (arXiv:1809.00076).
   *
   * @param gamma below 1 for more slope at both ends; the paper takes 0.3
   */
  public static Tensor logDice(Tensor p, Tensor t, double gamma) {
    return dice(p, t, 1, 1, 2, 3).log().unaryMinus().pow(gamma).mean();
  }

  /**
   * Intersection over union of logits divided by a temperature that is learned.
   *
   * <pre>mean over samples of  1 − I/(U + 1e-6)
   * p = σ(x/e^s)   I = Σpt   U = Σp + Σt − I</pre>
   *
   * <p>Prediction: logits, target of the same shape in 0..1. Who trains takes the gradient with
   * respect to the parameter as to any tensor.
   *
   * <p>Sources: Rahman and Wang, Optimizing intersection-over-union in deep neural networks for
   * image segmentation, 2016; the temperature is that of Guo, Pleiss, Sun and Weinberger, On
   * calibration of modern neural networks, 2017 (arXiv:1706.04599).
   *
   * @param logTemperature s, of one number; of a {@code Parameter} the number at each run
   */
  public static Tensor softIou(Tensor x, Tensor t, Tensor logTemperature) {
    Tensor p = x.div(logTemperature.exp()).sigmoid(), both = p.times(t).sum(1, 2, 3);
    return both.div(p.plus(t).sum(1, 2, 3).minus(both).plus(1e-6)).rsub(1).mean();
  }

  /**
   * One minus a score F_β, in which what is missed costs more than what is too much.
   *
   * <pre>1 − (1 + β²)TP/((1 + β²)TP + β²FN + FP)      over everything</pre>
   *
   * <p>Prediction: probabilities, target of the same shape in 0..1. NaN where both are 0 all over.
   *
   * <p>Source: Hashemi et al., Asymmetric loss functions and deep densely-connected networks for
   * highly-imbalanced medical image segmentation, 2018 (arXiv:1803.11078).
   *
   * @param beta 1 for plain Dice; the paper takes 1.5
   */
  public static Tensor asymmetric(Tensor p, Tensor t, double beta) {
    Tensor hit = p.times(t).sum().times(1 + beta * beta), extra = p.times(t.rsub(1)).sum();
    Tensor missed = p.rsub(1).times(t).sum().times(beta * beta);
    return hit.div(hit.plus(missed).plus(extra)).rsub(1);
  }

  /**
   * The Jaccard distance, which is least at p = t for soft targets as well.
   *
   * <pre>mean over samples and channels of  1 − (S − D)/(S + D)      S = Σ(p + t)   D = Σ|p − t|
   * </pre>
   *
   * <p>Prediction: probabilities, target of the same shape in 0..1. NaN where both are 0 all over.
   *
   * <p>Source: Wang, Ning and Blaschko, Jaccard metric losses: optimizing the Jaccard index with
   * soft labels, 2023 (arXiv:2302.05666).
   */
  public static Tensor jaccardMetric(Tensor p, Tensor t) {
    Tensor apart = p.minus(t).abs().sum(2, 3), total = p.plus(t).sum(2, 3);
    return total.minus(apart).div(total.plus(apart)).rsub(1).mean();
  }

  /**
   * The best soft F1 over all thresholds: those who score highest are taken one after the other.
   *
   * <pre>1 − Σ_k softmax(F/τ)_k·F_k
   * F_k = 2·Σ_(i≤k) p_i t_i / (Σ_(i≤k) p_i + Σt)      with p from the greatest on</pre>
   *
   * <p>Prediction: probabilities, target of the same shape in 0..1; at most 2^24 elements. NaN
   * where both are 0 all over. Gradients flow through the values, not through their order.
   *
   * <p>Source: the thresholds of Lipton, Elkan and Naryanaswamy, Thresholding classifiers to
   * maximize F1 score, 2014 (arXiv:1402.1892), made smooth.
   *
   * @param temperature τ &gt; 0; the smaller, the more the best one counts alone
   */
  public static Tensor sortedF1(Tensor p, Tensor t, double temperature) {
    Tensor scores = p.reshape(-1), order = scores.argSort(0, true), taken = scores.gather(0, order);
    Tensor hits = taken.times(t.reshape(-1).gather(0, order)).cumulativeSum(0);
    Tensor f1 = hits.times(2).div(taken.cumulativeSum(0).plus(t.sum()));
    return f1.div(temperature).softmax(0).times(f1).sum().rsub(1);
  }
}
