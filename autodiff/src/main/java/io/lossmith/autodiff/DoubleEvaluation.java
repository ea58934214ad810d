package io.lossmith.autodiff;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Arguments;
import io.lossmith.core.engine.reference.ReferenceEngine;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A function computed in double throughout, by the formulas of the reference engine, on one thread:
 * slow, and as exact as finite differences want it. What the function captures is read as float.
 *
 * <pre>{@code
 * DoubleEvaluation square =
 *     DoubleEvaluation.of(List.of(Shape.of(1)), in -> List.of(in.get(0).square()));
 * double[] result = square.run(new double[] {1e-3})[0];
 * }</pre>
 */
public final class DoubleEvaluation {
  private final LiftedGraph lifted;

  DoubleEvaluation(LiftedGraph lifted) {
    this.lifted = lifted;
  }

  /**
   * Traces a function for inputs of the given shapes.
   *
   * @param f takes one tensor for each shape and returns what is to be computed
   */
  public static DoubleEvaluation of(List<Shape> inputs, Function<List<Tensor>, List<Tensor>> f) {
    Elements.requireNone(inputs, "inputs");
    return new DoubleEvaluation(Trace.of(inputs, f));
  }

  /**
   * Returns what the function gives, one array for each of its results; thread-safe.
   *
   * @param inputs one array for each shape, at least as long as it asks
   * @throws IllegalArgumentException if an array is too short or breaks a check
   */
  public double[][] run(double[]... inputs) {
    return ReferenceEngine.evaluate(lifted.graph(), withData(inputs));
  }

  LiftedGraph lifted() {
    return lifted;
  }

  /** Returns the inputs of the graph: those of the function, and the data that it captures. */
  double[][] withData(double[][] inputs) {
    int all = lifted.graph().inputs().size();
    Arguments.requireNumber(
        "double evaluation", "input", inputs.length, all - lifted.data().length);
    double[][] given = Arrays.copyOf(inputs, all);
    for (int i = inputs.length; i < all; i++) {
      given[i] = wide(lifted.data()[i - inputs.length]);
    }
    return given;
  }

  /** Returns the same numbers. */
  static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
