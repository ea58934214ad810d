package io.lossmith.cookbook;

import static io.lossmith.cookbook.Terms.dice;

import io.lossmith.autodiff.Tensor;

/** Losses of structure: what pixels are to their neighbours, and what hangs together. */
public final class StructureLosses {
  private StructureLosses() {}

  /**
   * Cross entropy of the pixels whose surroundings look least as they should, by how much.
   *
   * <pre>Σ_hard e·BCE(p, t) / number of hard      hard: e &gt; β·max e
   * e = |n(t) − n(p)|   n(x) = (x − μ + c)/(σ + c)   μ, σ under 3 x 3 Gaussian weights, σ of 1.5
   * </pre>
   *
   * <p>Prediction: probabilities {@code [N, 1, H, W]} within 0..1 without the ends, target of the
   * same shape in 0..1. σ is √(G*(x − μ)² + 1e-6). Which pixels are hard is a constant for the
   * gradient.
   *
   * <p>Source: Zhao, Wu, Chu, Hu and Cai, Correlation maximized structural similarity loss for
   * semantic segmentation, 2019 (arXiv:1910.08711).
   *
   * @param beta which share of the greatest e makes a pixel hard; the paper takes 0.1
   * @param c keeps flat surroundings from dividing by 0; 0.01
   */
  public static Tensor structuralSimilarity(Tensor p, Tensor t, double beta, double c) {
    Tensor apart = normalized(t, c).minus(normalized(p, c)).abs();
    Tensor hard = apart.greaterThan(apart.maxKeep().times(beta));
    Tensor entropy = t.times(p.log()).plus(t.rsub(1).times(p.rsub(1).log())).unaryMinus();
    return hard.times(apart).times(entropy).sum().div(hard.sum());
  }

  /** Returns (x − μ + c)/(σ + c), under weights that fall off by −d²/(2·1.5²). */
  private static Tensor normalized(Tensor x, double c) {
    Tensor bell = Tensor.iota(3).minus(1).square().pairwise(0, Tensor::plus).div(-4.5).exp();
    Tensor weights = bell.div(bell.sum()).reshape(1, 1, 3, 3);
    Tensor centred = x.minus(x.convolve(weights, 1, 1));
    Tensor deviation = centred.square().convolve(weights, 1, 1).plus(1e-6).sqrt();
    return centred.plus(c).div(deviation.plus(c));
  }

  /**
   * How much of the labels is still unknown once the predictions around are known: a bound of their
   * mutual information, if both were Gaussian.
   *
   * <pre>mean over samples and classes of  ½·ln det(Σ_t − Σ_tp Σ_p⁻¹ Σ_pt) / r²
   * Σ: covariances of r x r pixels beside each other, of p = σ(x) and t, + 5e-4 on the diagonals
   * </pre>
   *
   * <p>Prediction: logits, target of the same shape in 0..1. Elimination of the predictions from
   * the joint covariance leaves the matrix in question, so no inverse is needed.
   *
   * <p>Source: Zhao, Wang, Yang and Cai, Region mutual information loss for semantic segmentation,
   * 2019 (arXiv:1910.12037), the bound alone: without cross entropy and without pooling before it.
   *
   * @param radius r, the paper's 3
   */
  public static Tensor regionMutualInformation(Tensor x, Tensor t, int radius) {
    int size = radius * radius;
    // [N, C, 2r², positions]: predictions first, so that they are eliminated first.
    Tensor both = Tensor.concat(2, neighbours(x.sigmoid(), radius), neighbours(t, radius));
    Tensor centred = both.minus(both.meanKeep(3));
    Tensor covariance = centred.matmul(centred.transpose()).div(both.size(3));
    Tensor pivots = covariance.plus(Tensor.eye(2 * size).times(5e-4)).pivots();
    return pivots.slice(-1, size, 2 * size).log().sum(-1).mean().div(2 * size);
  }

  /** Returns the r x r pixels that begin at each position, {@code [N, C, r², positions]}. */
  private static Tensor neighbours(Tensor x, int r) {
    Tensor each = Tensor.eye(r * r).reshape(-1, 1, r, r);
    Tensor planes = x.reshape(-1, 1, x.size(2), x.size(3)).convolve(each, 1, 0);
    return planes.reshape(x.size(0), x.size(1), r * r, -1);
  }

  /**
   * What pixels cost at which a piece, a bridge or a hole comes or goes.
   *
   * <pre>Σ_k  w_k·(p at position k − wanted_k)²</pre>
   *
   * <p>Prediction: probabilities of any shape. The target {@code [3, K]} holds in its rows the
   * positions of the critical pixels in the flattened prediction, what each should be (1 to mend, 0
   * to break) and its weight. They come from persistent homology, computed outside; to have the
   * same K at each step, fill up with weight 0. At most 2^24 pixels, and a position beyond them is
   * an {@link IllegalArgumentException}.
   *
   * <p>Source: Hu, Li, Samaras and Chen, Topology-preserving deep image segmentation, 2019
   * (arXiv:1906.05404).
   */
  public static Tensor topology(Tensor p, Tensor critical) {
    Tensor off = p.reshape(-1).gather(0, critical.get(0)).minus(critical.get(1));
    return off.square().times(critical.get(2)).sum();
  }

  /**
   * Dice, and what share of the target's skeleton is found: thin things must not tear.
   *
   * <pre>mean of 1 − (2Σpt + 1)/(Σp + Σt + 1)  +  mean of 1 − (Σps + 1)/(Σs + 1)</pre>
   *
   * <p>Prediction: logits, for p = σ(x); target of the same shape in 0..1; as a third input the
   * skeleton s of the target, widened a little, of the same shape. The means are over samples and
   * channels.
   *
   * <p>Source: Kirchhoff et al., Skeleton recall loss for connectivity conserving and resource
   * efficient segmentation of thin tubular structures, 2024 (arXiv:2404.03010).
   */
  public static Tensor skeletonRecall(Tensor x, Tensor t, Tensor skeleton) {
    Tensor p = x.sigmoid(), found = p.times(skeleton).sum(2, 3).plus(1);
    Tensor recall = found.div(skeleton.sum(2, 3).plus(1));
    return dice(p, t, 1, 2, 3).rsub(1).mean().plus(recall.rsub(1).mean());
  }
}
