package io.lossmith.cookbook;

import static io.lossmith.cookbook.Terms.crossEntropy;

import io.lossmith.autodiff.Tensor;

/** Losses that are a mean over pixels: what each pixel says of its class, and how sure it is. */
public final class PixelLosses {
  private PixelLosses() {}

  /**
   * How people weigh the probability of what is true: small chances more than they are, large ones
   * less.
   *
   * <pre>mean of  −ln w(q)      q = p where t is 1, 1 − p elsewhere
   * w(q) = q^γ / (q^γ + (1 − q)^γ)^(1/γ)</pre>
   *
   * <p>Prediction: probabilities, target of the same shape, 0 or 1. At q = 0 or 1 the slope is not
   * finite.
   *
   * <p>Source: Tversky and Kahneman, Advances in prospect theory: cumulative representation of
   * uncertainty, 1992, where γ is 0.61 for gains and 0.69 for losses.
   *
   * @param gamma how much is distorted, in 0..1; at 1 this is the binary cross entropy
   */
  public static Tensor tverskyKahneman(Tensor p, Tensor t, double gamma) {
    Tensor q = Tensor.where(t.greaterThan(0.5), p, p.rsub(1)), power = q.pow(gamma);
    Tensor weight = power.div(power.plus(q.rsub(1).pow(gamma)).pow(1 / gamma));
    return weight.clamp(1e-7, 1).log().mean().unaryMinus();
  }

  /**
   * Cross entropy in which a class weighs as much as it is missed.
   *
   * <pre>mean of  w_label·(−ln softmax(x)_label)
   * w_c = (FN_c + 1)/(P_c + 1)   FN_c = pixels of class c in which it is not the greatest</pre>
   *
   * <p>Prediction: logits, target: labels. The weights are counted over the batch and are constants
   * for the gradient. Where the greatest logits tie, the first counts.
   *
   * <p>Source: Tian, Mithun, Seymour, Chiu and Kira, Striking the right balance: recall loss for
   * semantic segmentation, 2022 (arXiv:2106.14917).
   */
  public static Tensor recall(Tensor x, Tensor labels) {
    Tensor y = labels.oneHot(x.size(1), 1);
    Tensor missed = x.argMax(1).notEqualTo(labels).unsqueeze(1).times(y).sum(0, 2, 3).plus(1);
    Tensor weight = missed.div(y.sum(0, 2, 3).plus(1)).atLabel(0, labels);
    return crossEntropy(x, labels).times(weight).mean();
  }

  /**
   * Cross entropy, and a price for logits that lie further below the greatest than a margin.
   *
   * <pre>mean of  −ln softmax(x)_label  +  α·mean of max(0, max_c x − x_c − m)</pre>
   *
   * <p>Prediction: logits, target: labels. The second mean is over classes too.
   *
   * <p>Source: Liu, Ben Ayed, Galdran and Dolz, The devil is in the margin: margin-based label
   * smoothing for network calibration, 2022 (arXiv:2111.15430).
   *
   * @param margin m ≥ 0, how far below costs nothing
   * @param alpha what being further below weighs
   */
  public static Tensor marginSmoothing(Tensor x, Tensor labels, double margin, double alpha) {
    Tensor below = x.maxKeep(1).minus(x).minus(margin).relu();
    return crossEntropy(x, labels).mean().plus(below.mean().times(alpha));
  }

  /**
   * Cross entropy, and a pull of the logits towards what share of the neighbours has each class.
   *
   * <pre>mean of  −ln softmax(x)_label  +  α·mean of |x_c − share of class c among 3 x 3|</pre>
   *
   * <p>Prediction: logits, target: labels. Outside of the picture no class counts.
   *
   * <p>Source: Murugesan et al., Trust your neighbours: penalty-based constraints for model
   * calibration, 2023 (arXiv:2303.06268), with equal weights in the window.
   *
   * @param alpha what the pull weighs
   */
  public static Tensor neighbourCalibration(Tensor x, Tensor labels, double alpha) {
    Tensor share = labels.oneHot(x.size(1), 1).averagePool(3, 1, 1);
    return crossEntropy(x, labels).mean().plus(share.minus(x).abs().mean().times(alpha));
  }

  /**
   * Jensen-Shannon divergence of a student's classes from a teacher's, who learns nothing from it.
   *
   * <pre>mean over pixels of  ½·KL(p‖m) + ½·KL(q‖m)      m = ½(p + q)
   * p = softmax(student)   q = softmax(teacher)</pre>
   *
   * <p>Prediction: logits, target: the teacher's logits, of the same shape. In 0..ln 2.
   *
   * <p>Sources: Lin, Divergence measures based on the Shannon entropy, 1991; for students and
   * teachers Tarvainen and Valpola, Mean teachers are better role models, 2017 (arXiv:1703.01780),
   * who take the squared difference.
   */
  public static Tensor jensenShannon(Tensor student, Tensor teacher) {
    Tensor logP = student.logSoftmax(1), logQ = teacher.stopGradient().logSoftmax(1);
    Tensor p = logP.exp(), q = logQ.exp(), logM = p.plus(q).div(2).log();
    Tensor both = p.times(logP.minus(logM)).plus(q.times(logQ.minus(logM)));
    return both.sum(1).div(2).mean();
  }
}
