package io.lossmith.losses.kit;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import java.util.List;

/**
 * What a logit says of its two outcomes: σ(x), 1 − σ(x) and −ln of both, exact at both ends, from
 * one exponential and one logarithm. The gradients are those of mathematics, written with these
 * four themselves: rules would go through |x|, whose kink at 0 cancels on paper only.
 */
public final class Logit {
  private final Tensor x;
  private final Tensor decay;
  private final Tensor tail;
  private final Tensor smaller;
  private final Tensor larger;

  public Logit(Tensor x) {
    this.x = x;
    this.decay = x.abs().unaryMinus().exp();
    this.tail = decay.log1p();
    this.smaller = decay.times(decay.plus(1).reciprocal());
    this.larger = smaller.unaryMinus().plus(1); // less is lost than in 1 / (1 + decay)
  }

  /** Returns σ(x). */
  public Tensor probability() {
    return CustomGradient.of(
        Tensor.where(x.greaterOrEqual(0), larger, smaller),
        List.of(x),
        g -> List.of(g.times(probability().times(complement()))));
  }

  /** Returns 1 − σ(x). */
  public Tensor complement() {
    return CustomGradient.of(
        Tensor.where(x.greaterOrEqual(0), smaller, larger),
        List.of(x),
        g -> List.of(g.times(probability().times(complement())).unaryMinus()));
  }

  /** Returns −ln σ(x). */
  public Tensor surprise() {
    return CustomGradient.of(
        x.unaryMinus().relu().plus(tail),
        List.of(x),
        g -> List.of(g.times(complement()).unaryMinus()));
  }

  /** Returns −ln(1 − σ(x)). */
  public Tensor surpriseOfComplement() {
    return CustomGradient.of(x.relu().plus(tail), List.of(x), g -> List.of(g.times(probability())));
  }
}
