package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;

/**
 * The logarithm of a softmax over axis 1, in parts: z − ln Σeᶻ with z = x − max x ≤ 0. Kept apart,
 * ln Σeᶻ ≥ 0 and −z ≥ 0 lose nothing however large the logits are, and a pixel needs one sum over
 * the classes. z and eᶻ are written as {@link Tensor#softmax} writes them, so that both share them.
 */
public final class LogSoftmax {
  private final Tensor shifted;
  private final Tensor logSum;

  public LogSoftmax(Tensor x) {
    shifted = x.minus(x.maxKeep(1).stopGradient());
    logSum = shifted.exp().sumKeep(1).log();
  }

  /** Returns −ln p of each class, {@code [N, C, spatial...]}. */
  public Tensor surprise() {
    return logSum.minus(shifted);
  }

  /** Returns −ln p of the label, {@code [N, 1, spatial...]}. */
  public Tensor surpriseAtLabel(LossInputs s) {
    return logSum.minus(s.atLabel(shifted));
  }
}
