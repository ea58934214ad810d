package io.lossmith.autodiff.optimizer;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.engine.Engine;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Moves parameters against their gradients, step by step: an {@link UpdateRule} over parameters,
 * with all that it keeps of earlier steps. A step is one fused program over all parameters, and
 * once warm it allocates nothing.
 *
 * <pre>{@code
 * Parameter slope = Parameter.of(0), offset = Parameter.of(0);
 * Tensor at = Tensor.of(new float[] {0, 1, 2, 3}, 4), y = Tensor.of(new float[] {1, 3, 5, 7}, 4);
 * try (Optimizer adam = Adam.of(0.1).over(slope, offset)) {
 *   for (int step = 0; step < 300; step++) {
 *     Tensor loss = at.times(slope).plus(offset).minus(y).square().mean();
 *     adam.step(Gradients.of(loss, List.of(slope, offset)));
 *   }
 * }
 * slope.item();    // 2.0
 * offset.item();   // 1.0
 * }</pre>
 *
 * <p>A gradient that is infinite or NaN ends a step before anything is changed: the exception says
 * which it is, and whoever catches it may go on with the next batch. Not thread-safe.
 */
public final class Optimizer implements AutoCloseable {
  private final UpdateRule rule;
  private final CurrentRate rate;
  private final List<Shape> shapes;
  private final int[] lengths;
  private final UpdateProgram program;
  private boolean closed;

  Optimizer(UpdateRule rule, Engine engine, List<Shape> shapes, float[][] parameters) {
    this.rule = rule;
    this.rate = rule.rate.start();
    this.shapes = shapes;
    this.lengths = lengths(parameters);
    requireDifferent(parameters);
    this.program = new UpdateProgram(rule, engine, parameters);
  }

  private void requireDifferent(float[][] parameters) {
    if (parameters.length == 0) {
      throw bad("there are no parameters, must be one or more");
    }
    for (int k = 0; k < parameters.length; k++) {
      for (int other = 0; other < k; other++) {
        if (parameters[k] == parameters[other]) {
          throw bad("parameters " + other + " and " + k + " are one, must each be given once");
        }
      }
    }
  }

  private static int[] lengths(float[][] arrays) {
    return Arrays.stream(arrays).mapToInt(array -> array.length).toArray();
  }

  private IllegalArgumentException bad(String what) {
    return new IllegalArgumentException(rule.who() + ": " + what);
  }

  /**
   * Takes a step: changes the parameters by the rule and the gradients, which are only read.
   *
   * @param gradients for each parameter an array of as many numbers, in the order in which the
   *     parameters were given
   * @throws ShapeException if one is not as long as its parameter
   * @throws IllegalArgumentException if there are not as many as parameters, a number is infinite
   *     or NaN, or a rule for the rate gives none; then nothing has changed
   * @throws IllegalStateException if this is closed
   */
  public void step(float[]... gradients) {
    Elements.require(gradients, "gradients");
    requireOneForEach(gradients.length);
    for (int k = 0; k < gradients.length; k++) {
      if (gradients[k].length != lengths[k]) {
        throw mismatch(k, gradients[k].length + " numbers");
      }
    }
    program.run(rate.value(), rate.steps() + 1, gradients);
    requireFinite(gradients);
    program.commit();
    rate.stepped();
  }

  /**
   * Takes a step, as {@link #step(float[][])}, after computing the gradients where need be.
   *
   * @param gradients for each parameter one of its shape, as {@link io.lossmith.autodiff.Gradients}
   *     gives them
   * @throws ShapeException if one is of another shape
   * @throws IllegalArgumentException if there are not as many as parameters, a number is infinite
   *     or NaN, or a rule for the rate gives none; then nothing has changed
   * @throws IllegalStateException if this is closed
   */
  public void step(List<Tensor> gradients) {
    Elements.requireNone(gradients, "gradients");
    requireOneForEach(gradients.size());
    float[][] arrays = new float[gradients.size()][];
    for (int k = 0; k < arrays.length; k++) {
      Shape shape = gradients.get(k).shape();
      if (!shape.equals(shapes.get(k))) {
        throw mismatch(k, shape.toString());
      }
      arrays[k] = gradients.get(k).toArray();
    }
    step(arrays);
  }

  private void requireOneForEach(int gradients) {
    if (closed) {
      throw new IllegalStateException(rule.who() + ": this optimizer is closed; make it again");
    }
    if (gradients != lengths.length) {
      throw bad(gradients + " gradients, must be " + lengths.length + ", one for each parameter");
    }
  }

  private ShapeException mismatch(int k, String is) {
    return new ShapeException(
        rule.who() + ": gradient " + k + " is " + is + ", must be " + shapes.get(k));
  }

  /** What is not finite shows in the norm: gradients are looked through only then. */
  private void requireFinite(float[][] gradients) {
    if (Float.isFinite(program.norm())) {
      return;
    }
    for (int k = 0; k < gradients.length; k++) {
      for (int i = 0; i < gradients[k].length; i++) {
        if (!Float.isFinite(gradients[k][i])) {
          String where = "gradient " + k + " at " + shapes.get(k).index(i);
          throw refused(where + " is " + gradients[k][i] + ", must be finite");
        }
      }
    }
    if (rule.clips()) {
      throw refused("the norm of the gradients is above 3.4e38, must be less to be clipped");
    }
  }

  private IllegalArgumentException refused(String what) {
    return bad(
        what
            + ", in step "
            + (rate.steps() + 1)
            + "; nothing was changed: leave this batch out, or lower the rate");
  }

  /** Returns the rate of the next step. */
  public double learningRate() {
    return rate.value();
  }

  /** Returns how many steps were taken. */
  public int steps() {
    return rate.steps();
  }

  /** Returns √Σg² of all gradients of the last step, before they were clipped; 0 before any. */
  public double gradientNorm() {
    return program.norm();
  }

  /**
   * Tells how good the network is now, for a rate that depends on it, see {@link
   * CurrentRate#scored}.
   *
   * @throws IllegalArgumentException if the score is infinite or NaN
   */
  public void scored(double score) {
    rate.scored(score);
  }

  /** Returns in words what a step does. */
  public String explain() {
    return program.explain();
  }

  /**
   * Returns a copy of all that further steps depend on beside parameters and gradients. With it and
   * the same parameters another optimizer of the same rule goes on to the same bits.
   */
  public State state() {
    Map<String, float[][]> moments = new LinkedHashMap<>();
    List<String> names = rule.moments();
    for (int name = 0; name < names.size(); name++) {
      moments.put(names.get(name), program.copyOfMoments(name));
    }
    return new State(rate.state(), moments);
  }

  /**
   * Goes on from where another optimizer of the same rule and parameters was.
   *
   * @throws IllegalArgumentException if moments are missing, of another rule, or of other lengths;
   *     then nothing has changed
   */
  public void restore(State state) {
    List<String> names = rule.moments();
    if (!state.moments.keySet().equals(Set.copyOf(names))) {
      throw bad("the state has moments " + state.moments.keySet() + ", must have " + names);
    }
    for (Map.Entry<String, float[][]> moment : state.moments.entrySet()) {
      int[] is = lengths(moment.getValue());
      if (!Arrays.equals(is, lengths)) {
        String of = "the state's moments " + moment.getKey() + " are of ";
        throw bad(of + Arrays.toString(is) + " numbers, must be of " + Arrays.toString(lengths));
      }
    }
    for (int name = 0; name < names.size(); name++) {
      program.replaceMoments(name, state.moments.get(names.get(name)));
    }
    rate.restore(state.rate);
  }

  /** Lets go of the program; closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    program.close();
  }

  /**
   * What an optimizer keeps from step to step.
   *
   * @param rate steps taken, and scores told
   * @param moments for each name an array for each parameter: {@code mean} and {@code square} of
   *     Adam, {@code momentum} of Sgd where it has any
   */
  public record State(CurrentRate.State rate, Map<String, float[][]> moments)
      implements Serializable {
    /** Refuses null. */
    public State {
      Objects.requireNonNull(rate, "rate");
      Objects.requireNonNull(moments, "moments");
    }
  }
}
