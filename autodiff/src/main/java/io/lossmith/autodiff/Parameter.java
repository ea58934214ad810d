package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;

/**
 * A tensor whose numbers may change: learnable weights, schedules. They are read at each run of a
 * program, not when a function is traced; gradients are taken with respect to it as to any tensor.
 * Whoever changes it while a program runs gets old numbers, new ones or some of both.
 */
public final class Parameter extends Tensor {
  private final float[] values;

  private Parameter(float[] values, Shape shape) {
    super(Node.leaf(new Leaf.Data(values, true), shape));
    this.values = values;
  }

  /** Returns a parameter {@code []} of one number. */
  public static Parameter of(float value) {
    return new Parameter(new float[] {value}, Shape.SCALAR);
  }

  /**
   * Returns a parameter that starts with a copy of the values.
   *
   * @throws ShapeException if there are not as many as the sizes ask
   */
  public static Parameter of(float[] values, int... sizes) {
    Shape shape = Shape.of(sizes);
    Making.requireCount("Parameter.of", values.length, shape);
    return new Parameter(values.clone(), shape);
  }

  /**
   * Replaces all numbers.
   *
   * @throws ShapeException if there are not as many as before
   */
  public void set(float... changed) {
    Making.requireCount("Parameter.set", changed.length, shape());
    System.arraycopy(changed, 0, values, 0, values.length);
  }

  /** Returns the array of the numbers itself; who writes to it changes the parameter. */
  public float[] array() {
    return values;
  }
}
