package io.lossmith.cookbook;

import static io.lossmith.cookbook.Terms.classesOf;
import static io.lossmith.cookbook.Terms.oneMinus;

import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.Loss;

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
  public static Loss focalDice(double beta) {
    return (x, labels) -> {
      Tensor p = x.softmax(1);
      Tensor y = classesOf(labels, x);
      Tensor overlap = p.times(y).sum(0, 2, 3).times(2).plus(1e-5);
      Tensor dice = overlap.div(p.plus(y).sum(0, 2, 3).plus(1e-5));
      return oneMinus(dice.pow(1 / beta)).sum();
    };
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
  public static Loss dicePlusPlus(double gamma) {
    return (p, t) -> {
      Tensor hit = p.times(t).sum().times(2).plus(1e-6);
      Tensor extra = p.times(oneMinus(t)).pow(gamma).sum();
      Tensor missed = oneMinus(p).times(t).pow(gamma).sum();
      return oneMinus(hit.div(hit.plus(extra).plus(missed)));
    };
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
  public static Loss logDice(double gamma) {
    return (p, t) -> {
      Tensor overlap = p.times(t).sum(1, 2, 3).times(2).plus(1);
      Tensor dice = overlap.div(p.plus(t).sum(1, 2, 3).plus(1));
      return dice.log().unaryMinus().pow(gamma).mean();
    };
  }

  /**
   * Intersection over union of logits divided by a temperature that is learned.
   *
   * <pre>mean over samples of  1 − I/(U + 1e-6)
   * p = σ(x/e^s)   I = Σpt   U = Σp + Σt − I</pre>
   *
   * <p>Prediction: logits, target of the same shape in 0..1. Who trains takes the gradient with
   * respect to the parameter as to any tensor. It holds a parameter, so it cannot be serialised.
   *
   * <p>Sources: Rahman and Wang, Optimizing intersection-over-union in deep neural networks for
   * image segmentation, 2016; the temperature is that of Guo, Pleiss, Sun and Weinberger, On
   * calibration of modern neural networks, 2017 (arXiv:1706.04599).
   *
   * @param logTemperature s, of one number; read at each run
   */
  public static Loss softIou(Parameter logTemperature) {
    return (x, t) -> {
      Tensor p = x.div(logTemperature.exp()).sigmoid();
      Tensor both = p.times(t).sum(1, 2, 3);
      Tensor either = p.plus(t).sum(1, 2, 3).minus(both);
      return oneMinus(both.div(either.plus(1e-6))).mean();
    };
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
  public static Loss asymmetric(double beta) {
    double squared = beta * beta;
    return (p, t) -> {
      Tensor hit = p.times(t).sum().times(1 + squared);
      Tensor missed = oneMinus(p).times(t).sum().times(squared);
      Tensor extra = p.times(oneMinus(t)).sum();
      return oneMinus(hit.div(hit.plus(missed).plus(extra)));
    };
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
  public static Loss jaccardMetric() {
    return (p, t) -> {
      Tensor apart = p.minus(t).abs().sum(2, 3);
      Tensor total = p.plus(t).sum(2, 3);
      return oneMinus(total.minus(apart).div(total.plus(apart))).mean();
    };
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
  public static Loss sortedF1(double temperature) {
    return (p, t) -> {
      Tensor scores = p.reshape(-1);
      Tensor order = scores.argSort(0, true);
      Tensor taken = scores.gather(0, order);
      Tensor hits = taken.times(t.reshape(-1).gather(0, order)).cumulativeSum(0);
      Tensor f1 = hits.times(2).div(taken.cumulativeSum(0).plus(t.sum()));
      return oneMinus(f1.div(temperature).softmax(0).times(f1).sum());
    };
  }
}
