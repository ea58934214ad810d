package io.lossmith.autodiff.optimizer;

import io.lossmith.autodiff.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * Gradient descent, plain or with momentum.
 *
 * <pre>g ← g + decay · x    v ← momentum · v + g
 * x ← x − rate · g                      without momentum
 * x ← x − rate · v                      with momentum
 * x ← x − rate · (g + momentum · v)     with Nesterov's</pre>
 *
 * <p>"Stochastic" are the pieces of data that gradients are of. Tested against PyTorch's {@code
 * SGD}, whose options are the same (without dampening).
 */
public final class Sgd extends UpdateRule {
  private static final String WHO = "Sgd";

  private final double momentum;
  private final boolean nesterov;
  private final double decay;

  private Sgd(LearningRate rate, double maxNorm, double momentum, boolean nesterov, double decay) {
    super(rate, maxNorm);
    this.momentum = momentum;
    this.nesterov = nesterov;
    this.decay = decay;
  }

  /**
   * Returns it without momentum, with one rate for all steps.
   *
   * @throws IllegalArgumentException if that is negative, infinite or NaN
   */
  public static Sgd of(double rate) {
    return of(new ConstantRate(Numbers.rate(WHO, "rate", rate)));
  }

  /** Returns it without momentum, with a rate that changes. */
  public static Sgd of(LearningRate rate) {
    Objects.requireNonNull(rate, "rate");
    return new Sgd(rate, UNLIMITED, 0, false, 0);
  }

  /**
   * Returns this with a share of the last step's direction in each; 0.9 is usual.
   *
   * @throws IllegalArgumentException if it is negative, or not below 1
   */
  public Sgd withMomentum(double changed) {
    Numbers.below1(WHO, "momentum", changed);
    return new Sgd(rate, maxNorm, changed, false, decay);
  }

  /**
   * Returns this with momentum of which each step takes its share in advance.
   *
   * <p>Source: Sutskever et al. 2013, "On the importance of initialization and momentum in deep
   * learning".
   *
   * @throws IllegalArgumentException if it is negative, or not below 1
   */
  public Sgd withNesterovMomentum(double changed) {
    Numbers.below1(WHO, "momentum", changed);
    return new Sgd(rate, maxNorm, changed, true, decay);
  }

  /**
   * Returns this with a share of each parameter added to its gradient, after that was clipped.
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public Sgd withWeightDecay(double changed) {
    Numbers.rate(WHO, "weight decay", changed);
    return new Sgd(rate, maxNorm, momentum, nesterov, changed);
  }

  @Override
  public Sgd withMaxNorm(double changed) {
    Numbers.positive(WHO, "max norm", changed);
    return new Sgd(rate, changed, momentum, nesterov, decay);
  }

  @Override
  String who() {
    return WHO;
  }

  @Override
  List<String> moments() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  int factors() {
    return 1;
  }

  @Override
  void factors(double now, int step, float[][] out) {
    out[0][0] = (float) now;
  }

  @Override
  List<Tensor> moved(Tensor x, Tensor gradient, List<Tensor> moments, List<Tensor> factors) {
    Tensor g = decay == 0 ? gradient : gradient.plus(x.times((float) decay));
    Tensor pace = factors.get(0);
    if (momentum == 0) {
      return List.of(x.minus(g.times(pace)));
    }
    Tensor speed = moments.get(0).times((float) momentum).plus(g);
    Tensor along = nesterov ? g.plus(speed.times((float) momentum)) : speed;
    return List.of(x.minus(along.times(pace)), speed);
  }
}
