package io.lossmith.cookbook;

import static io.lossmith.cookbook.Terms.classDistances;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.Loss;

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
  public static Loss sinkhorn(double epsilon, int iterations) {
    return (x, t) -> {
      Tensor cost = classDistances(x.shape().get(1));
      Tensor logA = x.softmax(1).mean(2, 3).log();
      Tensor logB = t.mean(2, 3).plus(1e-6).log();
      Tensor f = Tensor.zeros(logA.shape().toArray());
      Tensor g = Tensor.zeros(logB.shape().toArray());
      for (int i = 0; i < iterations; i++) {
        Tensor rows = g.unsqueeze(1).minus(cost).div(epsilon).logSumExp(2);
        f = logA.minus(rows).times(epsilon);
        Tensor columns = f.unsqueeze(2).minus(cost).div(epsilon).logSumExp(1);
        g = logB.minus(columns).times(epsilon);
      }
      Tensor plan = f.unsqueeze(2).plus(g.unsqueeze(1)).minus(cost).div(epsilon).exp();
      return plan.times(cost).sum(1, 2).mean();
    };
  }

  /**
   * One minus Cohen's kappa, with squares for weights: how often classes are off by how much,
   * divided by what chance would give.
   *
   * <pre>Σ_ij w_ij·O_ij / Σ_ij w_ij·E_ij      w_ij = (i − j)²/(C − 1)²
   * O_ij = Σ over pixels of class i of p_j   E_ij = (pixels of class i)·Σp_j/(all pixels)</pre>
   *
   * <p>Prediction: logits, for p = softmax; target: labels. NaN with a single class.
   *
   * <p>Source: de la Torre, Puig and Valls, Weighted kappa loss function for multi-class
   * classification of ordinal data in deep learning, 2018, without its logarithm.
   */
  public static Loss kappa() {
    return (x, labels) -> {
      int classes = x.shape().get(1);
      Tensor p = x.softmax(1).permute(0, 2, 3, 1).reshape(-1, classes);
      Tensor y = labels.reshape(-1).oneHot(classes, 1);
      Tensor weight = classDistances(classes).div(classes - 1).square();
      Tensor observed = y.permute(1, 0).matmul(p);
      Tensor chance = y.sum(0).unsqueeze(1).times(p.sum(0)).div(p.shape().get(0));
      return weight.times(observed).sum().div(weight.times(chance).sum());
    };
  }
}
