package io.lossmith.cookbook;

import static io.lossmith.cookbook.Terms.classesOf;
import static io.lossmith.cookbook.Terms.crossEntropy;
import static io.lossmith.cookbook.Terms.oneMinus;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.Loss;

/** Sums of a loss over pixels and one over regions. */
public final class CompoundLosses {
  private CompoundLosses() {}

  /**
   * A weighted cross entropy less Dice.
   *
   * <pre>α·mean of −(β·t·ln p + (1 − β)(1 − t)ln(1 − p))  −  (1 − α)·(2Σpt + s)/(Σp + Σt + s)</pre>
   *
   * <p>Prediction: probabilities, taken to 1e-7..1 − 1e-7 for the logarithms; target of the same
   * shape in 0..1. Sums are over everything. The value may be below 0.
   *
   * <p>Source: Taghanaki et al., Combo loss: handling input and output imbalance in multi-organ
   * segmentation, 2018 (arXiv:1805.02798).
   *
   * @param alpha what the cross entropy weighs, in 0..1
   * @param beta what foreground weighs within it, in 0..1
   * @param smooth s, added above and below
   */
  public static Loss combo(double alpha, double beta, double smooth) {
    return (p, t) -> {
      Tensor q = p.clamp(1e-7, 1 - 1e-7);
      Tensor foreground = t.times(q.log()).times(beta);
      Tensor background = oneMinus(t).times(oneMinus(q).log()).times(1 - beta);
      Tensor entropy = foreground.plus(background).mean().unaryMinus();
      Tensor overlap = p.times(t).sum().times(2).plus(smooth);
      Tensor dice = overlap.div(p.sum().plus(t.sum()).plus(smooth));
      return entropy.times(alpha).minus(dice.times(1 - alpha));
    };
  }

  /**
   * Powers of logarithms: of Dice for each class, and of the cross entropy for each pixel.
   *
   * <pre>w_d·mean_c (−ln D_c)^γ  +  w_x·mean of v_label·(−ln p_label)^γ
   * D_c = (2Σpt + 1)/(Σp + Σt + 1)   p = softmax(x)   sums over the batch</pre>
   *
   * <p>Prediction: logits, target: labels. With γ below 1 slopes are not finite at D = 1 or p = 1.
   *
   * <p>Source: Wong, Moradi, Tang and Syeda-Mahmood, 3D segmentation with exponential logarithmic
   * loss for highly unbalanced object sizes, 2018 (arXiv:1809.00076), which takes w_d = 0.8, w_x =
   * 0.2 and γ = 0.3.
   *
   * @param dice w_d
   * @param cross w_x
   * @param gamma the power of both
   * @param classWeights v, one for each class
   */
  public static Loss expLog(double dice, double cross, double gamma, double... classWeights) {
    float[] weights = new float[classWeights.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) classWeights[i];
    }
    return (x, labels) -> {
      Tensor p = x.softmax(1);
      Tensor y = classesOf(labels, x);
      Tensor overlap = p.times(y).sum(0, 2, 3).times(2).plus(1);
      Tensor score = overlap.div(p.plus(y).sum(0, 2, 3).plus(1));
      Tensor regions = score.log().unaryMinus().pow(gamma).mean();
      Tensor weight = Tensor.of(weights, weights.length, 1, 1).times(y).sum(1);
      Tensor pixels = weight.times(crossEntropy(x, labels).pow(gamma)).mean();
      return regions.times(dice).plus(pixels.times(cross));
    };
  }
}
