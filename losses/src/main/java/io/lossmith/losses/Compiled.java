package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss made ready for arrays of certain shapes: what a training loop calls in each step. It is
 * thread-safe, and once warm it allocates nothing of its own.
 *
 * <pre>{@code
 * try (Compiled c = loss.compile(Inputs.of(Shape.of(8, 1, 512, 512), Shape.of(8, 1, 512, 512)))) {
 *   float value = c.evaluate(prediction, target, null, gradient);
 * }
 * }</pre>
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
  private final Program withGradient;
  private final ArrayHolders holders;
  private final Shape valueShape;
  private volatile @Nullable Program valueOnly;
  private volatile boolean closed;

  Compiled(Loss loss, Inputs inputs, Engine engine) {
    this.loss = loss;
    this.inputs = inputs;
    this.engine = engine;
    this.shapes =
        inputs.mask() == null
            ? List.of(inputs.prediction(), inputs.target())
            : List.of(inputs.prediction(), inputs.target(), inputs.mask());
    List<Shape> traced = new ArrayList<>(1);
    this.withGradient =
        Tracing.compile(
            engine,
            shapes,
            all -> {
              Tensor value = value(all);
              traced.add(value.shape());
              return Traced.withGradient(value, all);
            });
    this.valueShape = traced.get(0);
    this.holders = new ArrayHolders(shapes.size(), valueShape.count());
  }

  /** Returns the shapes that this was compiled for. */
  public Inputs inputs() {
    return inputs;
  }

  /** Returns the shape of the value: {@code []}, or what reduction {@code none} gives. */
  public Shape valueShape() {
    return valueShape;
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
    if (valueShape.rank() != 0) {
      throw new IllegalArgumentException(
          "compiled: the loss gives values "
              + valueShape
              + ", evaluate needs one number; call evaluateEach");
    }
    ArrayHolders.Holder holder = holders.take();
    try {
      run(holder, prediction, target, mask, holder.value, gradientOut);
      return holder.value[0];
    } finally {
      holders.giveBack(holder);
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
    requireLength("valuesOut", valuesOut, valueShape);
    requireApart("valuesOut", valuesOut, prediction, target, mask);
    if (valuesOut == gradientOut) {
      throw new IllegalArgumentException(
          "compiled: gradientOut is the same array as valuesOut, must be one of its own");
    }
    ArrayHolders.Holder holder = holders.take();
    try {
      run(holder, prediction, target, mask, valuesOut, gradientOut);
    } finally {
      holders.giveBack(holder);
    }
  }

  /** Returns in words what runs for value and gradient: passes, operations, bytes moved. */
  public String explain() {
    return withGradient.explain();
  }

  /** Frees the programs; closing again does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    withGradient.close();
    Program program = valueOnly;
    if (program != null) {
      program.close();
    }
  }

  private void run(
      ArrayHolders.Holder holder,
      float[] prediction,
      float[] target,
      float @Nullable [] mask,
      float[] values,
      float @Nullable [] gradient) {
    requireLength("prediction", prediction, shapes.get(PREDICTION));
    requireLength("target", target, shapes.get(TARGET));
    requireMask(mask);
    holder.inputs[PREDICTION] = prediction;
    holder.inputs[TARGET] = target;
    if (mask != null) {
      holder.inputs[MASK] = mask;
    }
    if (gradient == null) {
      holder.valueOnly[0] = values;
      valueOnly().run(holder.inputs, holder.valueOnly);
    } else {
      requireLength("gradientOut", gradient, shapes.get(PREDICTION));
      requireApart("gradientOut", gradient, prediction, target, mask);
      holder.withGradient[0] = values;
      holder.withGradient[1] = gradient;
      withGradient.run(holder.inputs, holder.withGradient);
    }
  }

  private Program valueOnly() {
    Program program = valueOnly;
    return program != null ? program : compileValueOnly();
  }

  private synchronized Program compileValueOnly() {
    if (closed) {
      throw new IllegalStateException("compiled: closed, must be open; compile the loss again");
    }
    Program program = valueOnly;
    if (program == null) {
      program = Tracing.compile(engine, shapes, all -> List.of(value(all)));
      valueOnly = program;
    }
    return program;
  }

  private Tensor value(List<Tensor> all) {
    return all.size() == MASK
        ? loss.apply(all.get(PREDICTION), all.get(TARGET))
        : loss.apply(all.get(PREDICTION), all.get(TARGET), all.get(MASK));
  }

  private void requireMask(float @Nullable [] mask) {
    boolean declared = shapes.size() > MASK;
    if (declared && mask != null) {
      requireLength("mask", mask, shapes.get(MASK));
    } else if (declared) {
      throw new IllegalArgumentException(
          "compiled: mask is null, must be an array for "
              + shapes.get(MASK)
              + "; or compile without a mask");
    } else if (mask != null) {
      throw new IllegalArgumentException(
          "compiled: mask is an array of "
              + mask.length
              + ", must be null: compiled without a mask; compile with Inputs.withMask");
    }
  }

  private static void requireLength(String name, float[] array, Shape shape) {
    if (array.length != shape.count()) {
      throw new IllegalArgumentException(
          "compiled: "
              + name
              + " has "
              + array.length
              + " numbers, must have "
              + shape.count()
              + " for the shape "
              + shape);
    }
  }

  private static void requireApart(
      String name, float[] out, float[] prediction, float[] target, float @Nullable [] mask) {
    if (out == prediction || out == target || out == mask) {
      throw new IllegalArgumentException(
          "compiled: "
              + name
              + " is the same array as "
              + (out == prediction ? "prediction" : out == target ? "target" : "mask")
              + ", must be one of its own");
    }
  }
}
