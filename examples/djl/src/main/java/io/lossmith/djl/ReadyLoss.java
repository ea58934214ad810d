package io.lossmith.djl;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** A loss for batches of certain shapes. Not thread-safe. */
final class ReadyLoss implements AutoCloseable {
  private final Compiled compiled;
  private final float[] prediction;
  private final float[] target;
  private final float @Nullable [] mask;
  private final float[] gradient;

  /**
   * Compiles it.
   *
   * @throws IllegalArgumentException if it gives more than one number
   */
  ReadyLoss(Loss loss, InputShapes shapes, Engine engine) {
    compiled = loss.compile(shapes, engine);
    if (compiled.valueShape().rank() != 0) {
      Shape values = compiled.valueShape();
      compiled.close();
      throw new IllegalArgumentException(
          LossmithLoss.WHO
              + ": the loss gives values "
              + values
              + ", must give one number; choose another reduction than none");
    }
    prediction = new float[shapes.prediction().count()];
    target = new float[shapes.target().count()];
    Shape third = shapes.mask();
    mask = third == null ? null : new float[third.count()];
    gradient = new float[prediction.length];
  }

  /** Returns the loss, and writes its gradient. */
  float evaluate(
      FloatBuffer from,
      FloatBuffer truth,
      @Nullable FloatBuffer weights,
      @Nullable FloatBuffer gradientOut) {
    from.get(prediction);
    truth.get(target);
    if (mask != null && weights != null) {
      weights.get(mask);
    }
    float value =
        compiled.evaluate(prediction, target, mask, gradientOut == null ? null : gradient);
    if (gradientOut != null) {
      gradientOut.put(gradient);
    }
    return value;
  }

  @Override
  public void close() {
    compiled.close();
  }
}
