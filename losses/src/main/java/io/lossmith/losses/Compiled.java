package io.lossmith.losses;

import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Engine;
import java.nio.FloatBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loss made ready for arrays of certain shapes: what a training loop calls in each step. It is
 * thread-safe, and once warm it allocates nothing of its own.
 * <!-- given: float[] prediction = new float[8 * 512 * 512]; -->
 * <!-- given: float[] target = prediction.clone(), gradient = prediction.clone(); -->
 *
 * <pre>{@code
 * try (Compiled c = loss.compile(InputShapes.of(Shape.of(8, 1, 512, 512), Shape.of(8, 1, 512, 512)))) {
 *   float value = c.evaluate(prediction, target, null, gradient);
 * }
 * }</pre>
 *
 * <p>Where the target stays the same over many calls, see {@link #keep}.
 *
 * <p>Arrays are row-major and as long as their shapes have elements; the caller owns them. What is
 * handed out as {@code gradientOut} or {@code valuesOut} is overwritten, and undefined after an
 * exception.
 *
 * <p>A {@link FloatBuffer} stands for an array: its numbers from position to limit, which stay
 * where they are, are those of the shape. It may be direct, as native libraries and mapped files
 * have it, on the heap, a slice, and read-only where it is only read; it is of this machine's byte
 * order ({@code order(ByteOrder.nativeOrder())} before {@code asFloatBuffer()}). Results have the
 * bits that arrays give. The CPU engine reads and writes buffers as it goes, without copies of the
 * whole but for what operations on whole arrays (sorting, distances) and other engines need; those
 * copies are kept for the next call. An engine's threads must be allowed to use the memory: that of
 * a confined {@code Arena} is not, but for {@code Engine.withThreads(1)}.
 */
public final class Compiled extends CompiledLoss {
  Compiled(Loss loss, InputShapes inputs, Engine engine) {
    super(loss, inputs, engine, Map.of());
  }

  /**
   * Returns this loss for one target, and one mask if it was compiled with one, that stay the same
   * over many calls: what depends on them alone is computed once. The numbers are copied now.
   *
   * @throws IllegalArgumentException if an array does not fit or is not one that the loss takes
   */
  public KeptTarget keep(float[] target, float @Nullable [] mask) {
    arguments.requireInput(TARGET, target);
    requireMask(mask);
    if (mask != null) {
      arguments.requireInput(MASK, mask);
    }
    return kept(target.clone(), mask == null ? null : mask.clone());
  }

  /**
   * Returns this loss for a target, and a mask, in buffers: their numbers are copied now.
   *
   * @throws IllegalArgumentException if a buffer does not fit or is not one that the loss takes
   */
  public KeptTarget keep(FloatBuffer target, @Nullable FloatBuffer mask) {
    arguments.requireInput(TARGET, target);
    requireMask(mask);
    if (mask != null) {
      arguments.requireInput(MASK, mask);
    }
    return kept(copy(target), mask == null ? null : copy(mask));
  }

  private static float[] copy(FloatBuffer buffer) {
    float[] copy = new float[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return copy;
  }

  private KeptTarget kept(float[] target, float @Nullable [] mask) {
    return new KeptTarget(
        loss,
        inputs,
        engine,
        mask == null ? Map.of(TARGET, target) : Map.of(TARGET, target, MASK, mask));
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
    try (Call call = callForOneNumber(gradientOut)) {
      run(call, prediction, target, mask);
      return call.number()[0];
    }
  }

  /**
   * Computes the loss of buffers, and its gradient with respect to the prediction.
   *
   * @param mask a weight for each pixel, or null if this was compiled without one
   * @param gradientOut overwritten with the gradient from position to limit; null computes the
   *     value only
   * @return the loss
   * @throws IllegalArgumentException if a buffer has more or fewer numbers from position to limit
   *     than its shape, or another byte order than this machine; if {@code gradientOut} is
   *     read-only or overlaps an input; and where that of arrays throws it
   * @throws IllegalStateException if this is closed
   */
  public float evaluate(
      FloatBuffer prediction,
      FloatBuffer target,
      @Nullable FloatBuffer mask,
      @Nullable FloatBuffer gradientOut) {
    try (Call call = callForOneNumber(gradientOut)) {
      run(call, prediction, target, mask);
      return call.number()[0];
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
    try (Call call = call(gradientOut)) {
      call.output(VALUE, valuesOut);
      run(call, prediction, target, mask);
    }
  }

  /**
   * Computes of buffers what reduction {@code none} gives, and the gradient of its sum.
   *
   * @param valuesOut overwritten from position to limit with the values, of {@link #valueShape()}
   * @throws IllegalArgumentException as {@link #evaluate} of buffers does
   * @throws IllegalStateException if this is closed
   */
  public void evaluateEach(
      FloatBuffer prediction,
      FloatBuffer target,
      @Nullable FloatBuffer mask,
      FloatBuffer valuesOut,
      @Nullable FloatBuffer gradientOut) {
    try (Call call = call(gradientOut)) {
      call.output(VALUE, valuesOut);
      run(call, prediction, target, mask);
    }
  }

  private void run(Call call, float[] prediction, float[] target, float @Nullable [] mask) {
    call.input(PREDICTION, prediction);
    call.input(TARGET, target);
    requireMask(mask);
    if (mask != null) {
      call.input(MASK, mask);
    }
    arguments.require(call);
    call.run();
  }

  private void run(
      Call call, FloatBuffer prediction, FloatBuffer target, @Nullable FloatBuffer mask) {
    call.input(PREDICTION, prediction);
    call.input(TARGET, target);
    requireMask(mask);
    if (mask != null) {
      call.input(MASK, mask);
    }
    arguments.require(call);
    call.run();
  }
}
