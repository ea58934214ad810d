package io.lossmith.cookbook;

import io.lossmith.autodiff.Tensor;

/** Losses that know which pixels belong together: to one instance, or to one class. */
public final class GroupLosses {
  private GroupLosses() {}

  /**
   * Dice for each instance, so that a small one counts as much as a large one.
   *
   * <pre>mean over samples and their instances k of  1 − 2Σpt / (Σp + Σt + 1e-6)
   * p = σ(x), 0 in other instances   t = 1 in instance k</pre>
   *
   * <p>Prediction: logits {@code [N, 1, H, W]}; target of the same shape: 0 for background, and 1
   * to the number of instances, which need not all be in each sample. Background counts for every
   * instance. Without any instance the value is 0.
   *
   * <p>Source: Kofler et al., blob loss: instance imbalance aware loss functions for semantic
   * segmentation, 2022 (arXiv:2205.08209), with Dice as the loss of an instance.
   *
   * @param instances the greatest instance number; the program grows with it
   */
  public static Tensor blob(Tensor x, Tensor ids, int instances) {
    Tensor p = x.sigmoid(), total = Tensor.scalar(0), count = Tensor.scalar(0);
    for (int k = 1; k <= instances; k++) {
      Tensor mine = ids.equalTo(k), present = mine.max(1, 2, 3);
      Tensor seen = p.times(mine.maximum(ids.equalTo(0))), both = seen.times(mine).sum(1, 2, 3);
      Tensor dice = both.times(2).div(seen.plus(mine).sum(1, 2, 3).plus(1e-6));
      total = total.plus(dice.rsub(1).times(present).sum());
      count = count.plus(present.sum());
    }
    return total.div(count.maximum(1));
  }

  /**
   * Pixels of one class should look alike, and unlike all others.
   *
   * <pre>
   * mean over pixels i of  −mean over others j of i's class of  ln (e^(s_ij) / Σ_(k≠i) e^(s_ik))
   * s_ij = f_i·f_j/τ   f = the features of a pixel, of length 1</pre>
   *
   * <p>Prediction: features {@code [N, D, H, W]}, none all 0; target: labels. All pixels are
   * compared with all, N·H·W squared numbers, so take features of a low resolution or a sample of
   * them. A pixel without others of its class counts as 0.
   *
   * <p>Sources: Khosla et al., Supervised contrastive learning, 2020 (arXiv:2004.11362); for pixels
   * Wang et al., Exploring cross-image pixel contrast for semantic segmentation, 2021
   * (arXiv:2101.11939).
   *
   * @param temperature τ &gt; 0; both papers take about 0.1
   */
  public static Tensor contrastive(Tensor z, Tensor labels, double temperature) {
    Tensor features = z.permute(0, 2, 3, 1).reshape(-1, z.size(1));
    Tensor unit = features.div(features.normKeep(1)), other = Tensor.eye(unit.size(0)).rsub(1);
    Tensor alike = labels.reshape(-1).pairwise(0, Tensor::equalTo).times(other);
    Tensor similar = unit.matmul(unit.transpose()).div(temperature);
    Tensor all = Tensor.where(other, similar, -1e9).logSumExp(1).unsqueeze(1);
    Tensor each = alike.times(similar.minus(all)).sum(1).div(alike.sum(1).maximum(1));
    return each.mean().unaryMinus();
  }
}
