package io.lossmith.cookbook;

import static io.lossmith.cookbook.Terms.crossEntropy;
import static io.lossmith.cookbook.Terms.dice;

import io.lossmith.autodiff.Tensor;

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
  public static Tensor combo(Tensor p, Tensor t, double alpha, double beta, double smooth) {
    Tensor q = p.clamp(1e-7, 1 - 1e-7), background = t.rsub(1).times(q.rsub(1).log());
    Tensor entropy = t.times(q.log()).times(beta).plus(background.times(1 - beta)).mean();
    return entropy.times(-alpha).minus(dice(p, t, smooth).times(1 - alpha));
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
   * @param classWeights v, {@code [C]}
   * @param dice w_d
   * @param cross w_x
   * @param gamma the power of both
   */
  public static Tensor expLog(
      Tensor x, Tensor labels, Tensor classWeights, double dice, double cross, double gamma) {
    Tensor score = dice(x.softmax(1), labels.oneHot(x.size(1), 1), 1, 0, 2, 3);
    Tensor weight = classWeights.atLabel(0, labels);
    Tensor pixels = weight.times(crossEntropy(x, labels).pow(gamma)).mean();
    return score.log().unaryMinus().pow(gamma).mean().times(dice).plus(pixels.times(cross));
  }
}
