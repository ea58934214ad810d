package io.lossmith.cookbook;

import io.lossmith.autodiff.Tensor;

/** Losses for classes in an order, where being off by one is less wrong than being off by three. */
public final class OrderedClassLosses {
  private OrderedClassLosses() {}

  /**
   * What it costs to move the predicted shares of classes to those that should be, if a step from
   * class to class costs 1: optimal transport with an entropy, by Sinkhorn's iterations in
   * logarithms.
   *
   * <pre>mean over samples of  Σ_ij P_ij·|i − j|      P_ij = e^((f_i + g_j − |i − j|)/ε)
   * again and again  f = ε(ln a − lse_j((g − |i − j|)/ε))   g = ε(ln b − lse_i((f − |i − j|)/ε))
   * a = mean over pixels of softmax(x)   b = mean over pixels of t, + 1e-6</pre>
   *
   * <p>Prediction: logits, target of the same shape: shares of classes, ones and zeros for example.
   *
   * <p>Sources: Cuturi, Sinkhorn distances: lightspeed computation of optimal transport, 2013
   * (arXiv:1306.0895); for the form in logarithms Peyré and Cuturi, Computational optimal
   * transport, 2019 (arXiv:1803.00567).
   *
   * @param epsilon how much entropy weighs: the smaller, the nearer to the distance itself and the
   *     more iterations
   * @param iterations how many; the program grows with them
   */
  public static Tensor sinkhorn(Tensor x, Tensor t, double epsilon, int iterations) {
    Tensor cost = Tensor.iota(x.size(1)).pairwise(0, Tensor::minus).abs();
    Tensor logA = x.softmax(1).mean(2, 3).log(), logB = t.mean(2, 3).plus(1e-6).log();
    Tensor f = Tensor.zeros(x.size(0), x.size(1)), g = f;
    for (int i = 0; i < iterations; i++) {
      f = logA.minus(g.unsqueeze(1).minus(cost).div(epsilon).logSumExp(2)).times(epsilon);
      g = logB.minus(f.unsqueeze(2).minus(cost).div(epsilon).logSumExp(1)).times(epsilon);
    }
    Tensor plan = f.pairwise(1, g, Tensor::plus).minus(cost).div(epsilon).exp();
    return plan.times(cost).sum(1, 2).mean();
  }

  /**
   * One minus Cohen's kappa, with squares for weights: how often classes are off by how much,
   * divided by what chance would give.
   *
   * <pre>Σ_ij w_ij·O_ij / Σ_ij w_ij·E_ij      w_ij = (i − j)²
   * O_ij = Σ over pixels of class i of p_j   E_ij = (pixels of class i)·Σp_j/(all pixels)</pre>
   *
   * <p>Prediction: logits, for p = softmax; target: labels. NaN with a single class.
   *
   * <p>Source: de la Torre, Puig and Valls, Weighted kappa loss function for multi-class
   * classification of ordinal data in deep learning, 2018, without its logarithm.
   */
  public static Tensor kappa(Tensor x, Tensor labels) {
    Tensor p = x.softmax(1).permute(0, 2, 3, 1).reshape(-1, x.size(1));
    Tensor y = labels.reshape(-1).oneHot(x.size(1), 1);
    Tensor weight = Tensor.iota(x.size(1)).pairwise(0, Tensor::minus).square();
    Tensor chance = y.sum(0).pairwise(0, p.sum(0), Tensor::times).div(p.size(0));
    return weight.times(y.transpose().matmul(p)).sum().div(weight.times(chance).sum());
  }
}
