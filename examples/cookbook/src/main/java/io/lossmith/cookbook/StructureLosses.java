package io.lossmith.cookbook;

import static io.lossmith.cookbook.Terms.oneMinus;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.Loss;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

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
  public static Loss structuralSimilarity(double beta, double c) {
    return (p, t) -> {
      Tensor apart = normalized(t, c).minus(normalized(p, c)).abs();
      Tensor hard = apart.greaterThan(apart.maxKeep().times(beta));
      Tensor foreground = t.times(p.log());
      Tensor entropy = foreground.plus(oneMinus(t).times(oneMinus(p).log())).unaryMinus();
      return hard.times(apart).times(entropy).sum().div(hard.sum());
    };
  }

  private static Tensor normalized(Tensor x, double c) {
    Tensor weights = gaussian();
    Tensor centred = x.minus(x.convolve(weights, 1, 1));
    Tensor deviation = centred.square().convolve(weights, 1, 1).plus(1e-6).sqrt();
    return centred.plus(c).div(deviation.plus(c));
  }

  /** Returns 3 x 3 weights of sum 1 that fall off with a standard deviation of 1.5. */
  private static Tensor gaussian() {
    Tensor squares = Tensor.iota(3).minus(1).square();
    Tensor weights = squares.unsqueeze(1).plus(squares).div(-2 * 1.5 * 1.5).exp();
    return weights.div(weights.sum()).reshape(1, 1, 3, 3);
  }

  /**
   * How much of the labels is still unknown once the predictions around are known: a bound of their
   * mutual information, if both were Gaussian.
   *
   * <pre>mean over samples and classes of  ½·ln det(Σ_t − Σ_tp Σ_p⁻¹ Σ_pt) / r²
   * Σ: covariances of r x r pixels beside each other, of p = σ(x) and t, + 5e-4 on the diagonals
   * </pre>
   *
   * <p>Prediction: logits, target of the same shape in 0..1. Gaussian elimination of the joint
   * covariance leaves the matrix in question, and its pivots multiply to the determinant: neither
   * an inverse nor a factorisation is needed.
   *
   * <p>Source: Zhao, Wang, Yang and Cai, Region mutual information loss for semantic segmentation,
   * 2019 (arXiv:1910.12037), the bound alone: without cross entropy and without pooling before it.
   *
   * @param radius r, the paper's 3
   */
  public static Loss regionMutualInformation(int radius) {
    return (x, t) -> {
      // [N, C, 2r², positions]: predictions first, so that they are eliminated first.
      Tensor both = Tensor.concat(2, neighbours(x.sigmoid(), radius), neighbours(t, radius));
      Tensor centred = both.minus(both.meanKeep(3));
      int size = both.shape().get(2);
      Tensor diagonal = Tensor.iota(size).unsqueeze(1).equalTo(Tensor.iota(size)).times(5e-4);
      Tensor left = centred.matmul(centred.permute(0, 1, 3, 2)).div(both.shape().get(3));
      left = left.plus(diagonal);
      Tensor logDeterminant = Tensor.scalar(0);
      for (int k = size; k > 0; k--) {
        Tensor pivot = left.slice(2, 0, 1).slice(3, 0, 1);
        if (k <= size / 2) {
          logDeterminant = logDeterminant.plus(pivot.log());
        }
        if (k > 1) {
          Tensor column = left.slice(2, 1, k).slice(3, 0, 1);
          Tensor row = left.slice(2, 0, 1).slice(3, 1, k);
          left = left.slice(2, 1, k).slice(3, 1, k).minus(column.times(row).div(pivot));
        }
      }
      return logDeterminant.mean().div(size);
    };
  }

  /** Returns the r x r pixels that begin at each position, {@code [N, C, r², positions]}. */
  private static Tensor neighbours(Tensor x, int r) {
    int h = x.shape().get(2) - r + 1;
    int w = x.shape().get(3) - r + 1;
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < r; i++) {
      for (int j = 0; j < r; j++) {
        all.add(x.slice(2, i, i + h).slice(3, j, j + w).flatten(2).unsqueeze(2));
      }
    }
    return Tensor.concat(2, all.toArray(Tensor[]::new));
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
  public static Loss topology() {
    return (p, critical) -> {
      Tensor positions = critical.get(0);
      Tensor wanted = critical.get(1);
      Tensor weights = critical.get(2);
      Tensor off = p.reshape(-1).gather(0, positions).minus(wanted);
      return off.square().times(weights).sum();
    };
  }

  /**
   * Dice, and what share of the target's skeleton is found: thin things must not tear.
   *
   * <pre>mean of 1 − (2Σpt + 1)/(Σp + Σt + 1)  +  mean of 1 − (Σps + 1)/(Σs + 1)</pre>
   *
   * <p>Prediction: logits, for p = σ(x); target of the same shape in 0..1; in place of the mask the
   * skeleton s of the target, widened a little, of the same shape. The means are over samples and
   * channels.
   *
   * <p>Source: Kirchhoff et al., Skeleton recall loss for connectivity conserving and resource
   * efficient segmentation of thin tubular structures, 2024 (arXiv:2404.03010).
   */
  public static Loss skeletonRecall() {
    return new SkeletonRecall();
  }

  private static final class SkeletonRecall implements Loss {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Tensor apply(Tensor x, Tensor t) {
      throw new IllegalArgumentException(
          "skeleton-recall: there is no skeleton; give it where other losses take a mask");
    }

    @Override
    public Tensor apply(Tensor x, Tensor t, Tensor skeleton) {
      Tensor p = x.sigmoid();
      Tensor overlap = p.times(t).sum(2, 3).times(2).plus(1);
      Tensor dice = overlap.div(p.plus(t).sum(2, 3).plus(1));
      Tensor found = p.times(skeleton).sum(2, 3).plus(1);
      Tensor recall = found.div(skeleton.sum(2, 3).plus(1));
      return oneMinus(dice).mean().plus(oneMinus(recall).mean());
    }
  }
}
