package io.lossmith.losses;

import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss made ready for arrays of certain shapes: what a training loop calls in each step. It is
 * thread-safe, and once warm it allocates nothing of its own.
 * <!-- given: float[] prediction = new float[8 * 512 * 512]; -->
 * <!-- given: float[] target = prediction.clone(), gradient = prediction.clone(); -->
 *
 * <pre>{@code
 * try (Compiled c = loss.compile(Inputs.of(Shape.of(8, 1, 512, 512), Shape.of(8, 1, 512, 512)))) {
 *   float value = c.evaluate(prediction, target, null, gradient);
 * }
 * }</pre>
 *
 * <p>Where the target stays the same over many calls, see {@link #keep}.
 *
 * <p>Arrays are row-major and as long as their shapes have elements; the caller owns them. What is
 * handed out as {@code gradientOut} or {@code valuesOut} is overwritten, and undefined after an
 * exception.
 */
public final class Compiled implements AutoCloseable {
  private static final int PREDICTION = 0;
  private static final int TARGET = 1;
  private static final int MASK = 2;

  private final Loss loss;
  private final Inputs inputs;
  private final Engine engine;
  private final List<Shape> shapes;
  private final LossPrograms programs;

  Compiled(Loss loss, Inputs inputs, Engine engine) {
    this.loss = loss;
    this.inputs = inputs;
    this.engine = engine;
    this.shapes =
        inputs.mask() == null
            ? List.of(inputs.prediction(), inputs.target())
            : List.of(inputs.prediction(), inputs.target(), inputs.mask());
    this.programs = new LossPrograms(loss, shapes.size(), f -> Tracing.compile(engine, shapes, f));
  }

  /** Returns the shapes that this was compiled for. */
  public Inputs inputs() {
    return inputs;
  }

  /** Returns the shape of the value: {@code []}, or what reduction {@code none} gives. */
  public Shape valueShape() {
    return programs.valueShape();
  }

  /**
   * Returns this loss for one target, and one mask if it was compiled with one, that stay the same
   * over many calls: what hangs on them alone is computed once. The numbers are copied now.
   *
   * @throws IllegalArgumentException if an array does not fit or is not one that the loss takes
   */
  public KeptTarget keep(float[] target, float @Nullable [] mask) {
    ArrayRules.requireLength("target", target, inputs.target());
    ArrayRules.requireMask(mask, inputs.mask());
    return new KeptTarget(loss, inputs, shapes, engine, target, mask);
  }

  /**
   * Computes the loss, and its gradient with respect to the prediction.
   *
   * @param mask a weight for each pixel, or null if this was compiled without one
   * @param gradientOut overwritten with the gradient; null computes the value only
   * @return the loss
   * @throws IllegalArgumentException if an array does not fit, {@code gradientOut} is an input, the
   *     loss gives more than one number (see {@link #evaluateEach}), or a target, mask or
   *     probability is not one that the loss takes
   * @throws IllegalStateException if this is closed
   */
  public float evaluate(
      float[] prediction, float[] target, float @Nullable [] mask, float @Nullable [] gradientOut) {
    ArrayRules.requireOneNumber(valueShape());
    ArrayHolders.Holder holder = programs.take();
    try {
      run(holder, prediction, target, mask, holder.value, gradientOut);
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
   * @throws IllegalArgumentException as {@link #evaluate} does
   * @throws IllegalStateException if this is closed
   */
  public void evaluateEach(
      float[] prediction,
      float[] target,
      float @Nullable [] mask,
      float[] valuesOut,
      float @Nullable [] gradientOut) {
    ArrayRules.requireLength("valuesOut", valuesOut, valueShape());
    ArrayRules.requireApart("valuesOut", valuesOut, prediction, target, mask);
    ArrayRules.requireGradientApart(valuesOut, gradientOut);
    ArrayHolders.Holder holder = programs.take();
    try {
      run(holder, prediction, target, mask, valuesOut, gradientOut);
    } finally {
      programs.giveBack(holder);
    }
  }

  /** Returns in words what runs for value and gradient: passes, operations, bytes moved. */
  public String explain() {
    return programs.explain();
  }

  /** Frees the programs; closing again does nothing. */
  @Override
  public void close() {
    programs.close();
  }

  private void run(
      ArrayHolders.Holder holder,
      float[] prediction,
      float[] target,
      float @Nullable [] mask,
      float[] values,
      float @Nullable [] gradient) {
    ArrayRules.requireLength("prediction", prediction, inputs.prediction());
    ArrayRules.requireLength("target", target, inputs.target());
    ArrayRules.requireMask(mask, inputs.mask());
    if (gradient != null) {
      ArrayRules.requireLength("gradientOut", gradient, inputs.prediction());
      ArrayRules.requireApart("gradientOut", gradient, prediction, target, mask);
    }
    holder.inputs[PREDICTION] = prediction;
    holder.inputs[TARGET] = target;
    if (mask != null) {
      holder.inputs[MASK] = mask;
    }
    programs.run(holder, values, gradient);
  }
}
