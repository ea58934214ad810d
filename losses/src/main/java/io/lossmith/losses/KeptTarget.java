package io.lossmith.losses;

import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled loss with a target, and a mask if it has one, that stay the same: what hangs on them
 * alone and is dear is computed once, for example the distances of {@link Boundary} and of {@link
 * HausdorffDt}'s target, and they are checked once. Made by {@link Compiled#keep}; thread-safe;
 * once warm it allocates nothing of its own.
 */
public final class KeptTarget implements AutoCloseable {
  private final Inputs inputs;
  private final LossPrograms programs;

  KeptTarget(
      Loss loss,
      Inputs inputs,
      List<Shape> shapes,
      Engine engine,
      float[] target,
      float @Nullable [] mask) {
    this.inputs = inputs;
    float[] keptTarget = target.clone();
    Map<Integer, float[]> kept =
        mask == null ? Map.of(1, keptTarget) : Map.of(1, keptTarget, 2, mask.clone());
    this.programs = new LossPrograms(loss, 1, f -> Tracing.compile(engine, shapes, kept, f));
  }

  /** Returns the shape of the value: {@code []}, or what reduction {@code none} gives. */
  public Shape valueShape() {
    return programs.valueShape();
  }

  /**
   * Computes the loss, and its gradient with respect to the prediction.
   *
   * @param gradientOut overwritten with the gradient; null computes the value only
   * @return the loss
   * @throws IllegalArgumentException as {@link Compiled#evaluate} does
   * @throws IllegalStateException if this is closed
   */
  public float evaluate(float[] prediction, float @Nullable [] gradientOut) {
    ArrayRules.requireOneNumber(valueShape());
    ArrayHolders.Holder holder = programs.take();
    try {
      run(holder, prediction, holder.value, gradientOut);
      return holder.value[0];
    } finally {
      programs.giveBack(holder);
    }
  }

  /**
   * Computes what reduction {@code none} gives, and the gradient of its sum with respect to the
   * prediction.
   *
   * @param valuesOut overwritten with the values, of {@link #valueShape()}
   * @throws IllegalArgumentException as {@link Compiled#evaluateEach} does
   * @throws IllegalStateException if this is closed
   */
  public void evaluateEach(float[] prediction, float[] valuesOut, float @Nullable [] gradientOut) {
    ArrayRules.requireLength("valuesOut", valuesOut, valueShape());
    ArrayRules.requireApart("valuesOut", valuesOut, prediction, null, null);
    ArrayRules.requireGradientApart(valuesOut, gradientOut);
    ArrayHolders.Holder holder = programs.take();
    try {
      run(holder, prediction, valuesOut, gradientOut);
    } finally {
      programs.giveBack(holder);
    }
  }

  private void run(
      ArrayHolders.Holder holder, float[] prediction, float[] values, float @Nullable [] gradient) {
    ArrayRules.requireLength("prediction", prediction, inputs.prediction());
    if (gradient != null) {
      ArrayRules.requireLength("gradientOut", gradient, inputs.prediction());
      ArrayRules.requireApart("gradientOut", gradient, prediction, null, null);
    }
    holder.inputs[0] = prediction;
    programs.run(holder, values, gradient);
  }

  /** Returns in words what a run does for value and gradient; not what was done once. */
  public String explain() {
    return programs.explain();
  }

  /** Frees the programs; closing again does nothing. */
  @Override
  public void close() {
    programs.close();
  }
}
