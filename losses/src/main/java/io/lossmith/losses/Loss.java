package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a prediction costs, given a target. A lambda is a loss: it is traced once for each list of
 * shapes, its gradient comes by itself, and value and gradient run as one fused program.
 *
 * <pre>{@code
 * Loss overlap = (p, t) -> p.times(t).sum().times(2).div(p.plus(t).sum()).rsub(1);
 * Loss loss = overlap.plus(BinaryCrossEntropy.create().times(0.5));
 * ValueAndGradient r = loss.valueAndGradient(prediction, target);
 * }</pre>
 *
 * <p>What a lambda captures is a constant of the trace, except a {@link
 * io.lossmith.autodiff.Parameter}, which is read at each run. Losses are immutable and thread-safe.
 */
@FunctionalInterface
public interface Loss extends Serializable {
  /**
   * Returns the loss.
   *
   * @param prediction what a model says, for example {@code [N, C, spatial...]}
   * @param target what is right
   * @return a scalar {@code []}, or what reduction {@code none} gives
   * @throws io.lossmith.core.ShapeException if the shapes do not go together
   */
  Tensor apply(Tensor prediction, Tensor target);

  /**
   * Returns the loss with a weight for each pixel. Every loss of the catalogue defines it; a lambda
   * does by {@link #withMask}.
   *
   * @param mask weights ≥ 0, {@code [N, 1, spatial...]} or {@code [N, spatial...]}; for boxes
   *     {@code [N]}. Where it is 0 a pixel does not count, whatever it holds. Null is no mask:
   *     every pixel counts 1
   * @throws IllegalArgumentException if this loss defines no mask
   * @throws io.lossmith.core.ShapeException if the shapes do not go together
   */
  default Tensor apply(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    if (mask == null) {
      return apply(prediction, target);
    }
    throw new IllegalArgumentException(
        "loss: mask is "
            + mask.shape()
            + ", but this loss defines no mask; implement apply(prediction, target, mask), or make"
            + " it by Loss.withMask");
  }

  /** A formula of three tensors, of which the third may change from batch to batch as well. */
  @FunctionalInterface
  interface MaskedFormula extends Serializable {
    /**
     * Returns the loss.
     *
     * @param mask what the third argument of {@link Loss#apply(Tensor, Tensor, Tensor)} is: weights
     *     of pixels, or whatever else the formula needs, in any shape
     */
    Tensor apply(Tensor prediction, Tensor target, Tensor mask);
  }

  /**
   * Returns the loss of a formula that takes a mask, or another third input that changes from batch
   * to batch: what a teacher says, distances, noise.
   *
   * <pre>{@code
   * Loss squares = Loss.withMask((p, t, m) -> p.minus(t).square().times(m).sum().div(m.sum()));
   * float value = squares.apply(prediction, target, mask).item();
   * }</pre>
   *
   * <p>Where it is called without the third input it throws {@link IllegalArgumentException}.
   */
  static Loss withMask(MaskedFormula formula) {
    return new FormulaLoss(formula);
  }

  /**
   * Returns what this loss takes its prediction for, or null where that is not known: of a lambda,
   * and of a sum whose parts take it for different things.
   */
  default @Nullable PredictionKind predictionKind() {
    return null;
  }

  /** Returns the sum of this loss and another; what they share is computed once. */
  default Loss plus(Loss other) {
    Objects.requireNonNull(other, "other");
    return Parts.asSum(this).and(Parts.asSum(other));
  }

  /** Returns this loss times a number. */
  default Loss times(double weight) {
    return Parts.asSum(this).scaled(weight);
  }

  /**
   * Returns this loss with a weight for each pixel that is the same at every call. A map that
   * changes from batch to batch is the third argument of {@link #apply(Tensor, Tensor, Tensor)}.
   *
   * @param map {@code [spatial...]} or {@code [1, 1, spatial...]} for every sample of any batch, or
   *     what a mask may be; its numbers are read now
   */
  default Loss masked(Tensor map) {
    return new MaskedLoss(this, map);
  }

  /**
   * Returns value and gradient, computed by one program; the first call for a shape compiles it.
   */
  default ValueAndGradient valueAndGradient(Tensor prediction, Tensor target) {
    return valueAndGradient(prediction, target, null);
  }

  /**
   * Returns value and gradient with a weight for each pixel.
   *
   * @param mask as {@link #apply(Tensor, Tensor, Tensor)} takes it
   */
  default ValueAndGradient valueAndGradient(
      Tensor prediction, Tensor target, @Nullable Tensor mask) {
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(target, "target");
    return Traced.valueAndGradient(
        this, mask == null ? List.of(prediction, target) : List.of(prediction, target, mask));
  }

  /** Prepares this loss for arrays of these shapes, on the default engine. */
  default Compiled compile(InputShapes inputs) {
    return compile(inputs, Engines.defaultEngine());
  }

  /**
   * Prepares this loss for arrays of these shapes.
   *
   * @throws io.lossmith.core.ShapeException if the shapes do not go together
   */
  default Compiled compile(InputShapes inputs, Engine engine) {
    return new Compiled(this, inputs, engine);
  }
}
