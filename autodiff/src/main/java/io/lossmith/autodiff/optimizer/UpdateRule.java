package io.lossmith.autodiff.optimizer;

import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How parameters move in a step: the options of {@link Adam} or {@link Sgd}, which hold nothing
 * that changes. Given parameters it becomes an {@link Optimizer}. Immutable.
 */
public abstract sealed class UpdateRule permits Adam, Sgd {
  static final double UNLIMITED = Double.POSITIVE_INFINITY;

  /** What PyTorch adds to a norm before it divides by it. */
  private static final double APART_FROM_0 = 1e-6;

  final LearningRate rate;
  final double maxNorm;

  UpdateRule(LearningRate rate, double maxNorm) {
    this.rate = rate;
    this.maxNorm = maxNorm;
  }

  /**
   * Returns this with gradients clipped: where all of them together are longer, they are shortened
   * to this length.
   *
   * <pre>g ← g · min(1, maxNorm / (‖g‖ + 1e-6))   ‖g‖ = √Σg² over all gradients</pre>
   *
   * <p>Source: Pascanu et al. 2012 (arXiv:1211.5063); tested against PyTorch's {@code
   * clip_grad_norm_}.
   *
   * @throws IllegalArgumentException if it is not a finite number above 0
   */
  public abstract UpdateRule withMaxNorm(double changed);

  /** Returns how far steps go. */
  public final LearningRate rate() {
    return rate;
  }

  /**
   * Returns an optimizer of parameters, on the default engine.
   *
   * @throws IllegalArgumentException if there are none, or one is given twice
   */
  public final Optimizer over(Parameter... parameters) {
    return over(List.of(Elements.require(parameters, "parameters")));
  }

  /**
   * Returns an optimizer of parameters, on the default engine.
   *
   * @throws IllegalArgumentException if there are none, or one is given twice
   */
  public final Optimizer over(List<Parameter> parameters) {
    Elements.requireNone(parameters, "parameters");
    List<Shape> shapes = parameters.stream().map(Parameter::shape).toList();
    float[][] arrays = parameters.stream().map(Parameter::array).toArray(float[][]::new);
    return new Optimizer(this, Engines.defaultEngine(), shapes, arrays);
  }

  /**
   * Returns an optimizer of the numbers in arrays, which it changes, on the default engine.
   *
   * @throws IllegalArgumentException if there are none, or one is given twice
   */
  public final Optimizer over(float[]... parameters) {
    return over(Engines.defaultEngine(), parameters);
  }

  /**
   * Returns an optimizer of the numbers in arrays, which it changes.
   *
   * @param engine computes the steps; the arrays are the JVM's, so {@code cpu} is the nearest
   * @throws IllegalArgumentException if there are none, or one is given twice
   */
  public final Optimizer over(Engine engine, float[]... parameters) {
    Objects.requireNonNull(engine, "engine");
    Elements.require(parameters, "parameters");
    List<Shape> shapes = Arrays.stream(parameters).map(array -> Shape.of(array.length)).toList();
    return new Optimizer(this, engine, shapes, parameters);
  }

  /** Returns what messages begin with. */
  abstract String who();

  /** Returns what is kept of the gradients for each parameter, by name. */
  abstract List<String> moments();

  /** Returns how many numbers steps have that are the same for all parameters. */
  abstract int factors();

  /**
   * Writes the numbers of a step, each into an array of its own.
   *
   * @param step from 1
   */
  abstract void factors(double now, int step, float[][] out);

  /**
   * Returns the parameter after the step, and then its moments.
   *
   * @param x the parameter
   * @param g its gradient, clipped
   */
  abstract List<Tensor> moved(Tensor x, Tensor g, List<Tensor> moments, List<Tensor> factors);

  /** Returns what gradients of this norm are multiplied by; only asked where they are clipped. */
  final Tensor clipping(Tensor norm) {
    return norm.plus(APART_FROM_0).rdiv(maxNorm).minimum(1);
  }

  final boolean clips() {
    return maxNorm != UNLIMITED;
  }
}
