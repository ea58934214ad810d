package io.lossmith.losses;

import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Engine;
import java.nio.FloatBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled loss with a target, and a mask if it has one, that stay the same: what depends on them
 * alone and is expensive is computed once, for example the distances of {@link Boundary} and of
 * {@link HausdorffDt}'s target, and they are checked once. Made by {@link Compiled#keep};
 * thread-safe; once warm it allocates nothing of its own. A buffer stands for an array as {@link
 * Compiled} tells.
 */
public final class KeptTarget extends CompiledLoss {
  KeptTarget(Loss loss, InputShapes inputs, Engine engine, Map<Integer, float[]> kept) {
    super(loss, inputs, engine, kept);
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
    try (Call call = callForOneNumber(gradientOut)) {
      call.input(PREDICTION, prediction);
      run(call);
      return call.number()[0];
    }
  }

  /**
   * Computes the loss of a buffer, and its gradient with respect to the prediction.
   *
   * @param gradientOut overwritten with the gradient from position to limit; null computes the
   *     value only
   * @return the loss
   * @throws IllegalArgumentException as {@link Compiled#evaluate(FloatBuffer, FloatBuffer,
   *     FloatBuffer, FloatBuffer)} does
   * @throws IllegalStateException if this is closed
   */
  public float evaluate(FloatBuffer prediction, @Nullable FloatBuffer gradientOut) {
    try (Call call = callForOneNumber(gradientOut)) {
      call.input(PREDICTION, prediction);
      run(call);
      return call.number()[0];
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
    try (Call call = call(gradientOut)) {
      call.output(VALUE, valuesOut);
      call.input(PREDICTION, prediction);
      run(call);
    }
  }

  /**
   * Computes of a buffer what reduction {@code none} gives, and the gradient of its sum.
   *
   * @param valuesOut overwritten from position to limit with the values, of {@link #valueShape()}
   * @throws IllegalArgumentException as {@link Compiled#evaluate(FloatBuffer, FloatBuffer,
   *     FloatBuffer, FloatBuffer)} does
   * @throws IllegalStateException if this is closed
   */
  public void evaluateEach(
      FloatBuffer prediction, FloatBuffer valuesOut, @Nullable FloatBuffer gradientOut) {
    try (Call call = call(gradientOut)) {
      call.output(VALUE, valuesOut);
      call.input(PREDICTION, prediction);
      run(call);
    }
  }

  private void run(Call call) {
    arguments.require(call);
    call.run();
  }
}
