package io.lossmith.autodiff.optimizer;

import io.lossmith.autodiff.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * Adam: each number moves against the running mean of its gradient, divided by the root of the
 * running mean of its square.
 *
 * <pre>m ← β₁m + (1 − β₁)g    v ← β₂v + (1 − β₂)g²    x ← x − rate · m̂ / (√v̂ + ε)
 * m̂ = m / (1 − β₁ᵗ)    v̂ = v / (1 − β₂ᵗ)    for step t = 1, 2, …</pre>
 *
 * <p>β₁ = 0.9, β₂ = 0.999 and ε = 1e-8 where nothing else is said. The first steps go as far as the
 * rate, whatever the size of gradients; 0.001 to 0.01 suits small networks.
 *
 * <p>Source: Kingma, Ba 2014 (arXiv:1412.6980); tested against PyTorch's {@code Adam} and {@code
 * AdamW}.
 */
public final class Adam extends UpdateRule {
  private static final String WHO = "Adam";

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double decay;

  private Adam(
      LearningRate rate, double maxNorm, double beta1, double beta2, double epsilon, double decay) {
    super(rate, maxNorm);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.decay = decay;
  }

  /**
   * Returns it with one rate for all steps.
   *
   * @throws IllegalArgumentException if that is negative, infinite or NaN
   */
  public static Adam of(double rate) {
    return of(new ConstantRate(Numbers.rate(WHO, "rate", rate)));
  }

  /** Returns it with a rate that changes. */
  public static Adam of(LearningRate rate) {
    Objects.requireNonNull(rate, "rate");
    return new Adam(rate, UNLIMITED, 0.9, 0.999, 1e-8, 0);
  }

  /**
   * Returns this with other shares of the past in the running means, in place of 0.9 and 0.999.
   *
   * @throws IllegalArgumentException if one is negative, or not below 1
   */
  public Adam withBetas(double first, double second) {
    Numbers.below1(WHO, "beta1", first);
    Numbers.below1(WHO, "beta2", second);
    return new Adam(rate, maxNorm, first, second, epsilon, decay);
  }

  /**
   * Returns this with another number added to roots, in place of 1e-8.
   *
   * @throws IllegalArgumentException if it is not a finite number above 0
   */
  public Adam withEpsilon(double changed) {
    Numbers.positive(WHO, "epsilon", changed);
    return new Adam(rate, maxNorm, beta1, beta2, changed, decay);
  }

  /**
   * Returns this with parameters that shrink in each step beside what gradients do, x ← x · (1 −
   * rate · decay): AdamW. PyTorch's {@code Adam} adds decay · x to the gradient instead.
   *
   * <p>Source: Loshchilov, Hutter 2017 (arXiv:1711.05101).
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public Adam withDecoupledWeightDecay(double changed) {
    Numbers.rate(WHO, "weight decay", changed);
    return new Adam(rate, maxNorm, beta1, beta2, epsilon, changed);
  }

  @Override
  public Adam withMaxNorm(double changed) {
    Numbers.positive(WHO, "max norm", changed);
    return new Adam(rate, changed, beta1, beta2, epsilon, decay);
  }

  @Override
  String who() {
    return WHO;
  }

  @Override
  List<String> moments() {
    return List.of("mean", "square");
  }

  @Override
  int factors() {
    return decay == 0 ? 2 : 3;
  }

  @Override
  void factors(double now, int step, float[][] out) {
    out[0][0] = (float) (now / (1 - Math.pow(beta1, step)));
    out[1][0] = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
    if (decay != 0) {
      out[2][0] = (float) (1 - now * decay);
    }
  }

  @Override
  List<Tensor> moved(Tensor x, Tensor g, List<Tensor> moments, List<Tensor> factors) {
    Tensor mean = moments.get(0).times((float) beta1).plus(g.times((float) (1 - beta1)));
    Tensor square = moments.get(1).times((float) beta2).plus(g.times((float) (1 - beta2)).times(g));
    Tensor root = square.sqrt().times(factors.get(1)).plus((float) epsilon);
    Tensor kept = decay == 0 ? x : x.times(factors.get(2));
    return List.of(kept.minus(mean.times(factors.get(0)).div(root)), mean, square);
  }
}
