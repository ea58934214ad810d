package io.lossmith.autodiff.optimizer;

import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step as one program, and the arrays that it reads and writes. What it computes goes into arrays
 * of their own first: so a step that must not be is as if it had not been taken.
 */
final class UpdateProgram implements AutoCloseable {
  private final UpdateRule rule;
  private final int count;
  private final int names;

  /** Parameters, gradients, moments name by name, factors. */
  private final float[][] inputs;

  /** The norm, and as they are after a step: parameters, moments name by name. */
  private final float[][] outputs;

  private final float[][] factors;
  private final float[] norm = new float[1];
  private final Program program;

  UpdateProgram(UpdateRule rule, Engine engine, float[][] parameters) {
    this.rule = rule;
    this.count = parameters.length;
    this.names = rule.moments().size();
    this.factors = new float[rule.factors()][1];
    this.inputs = new float[count * (2 + names) + factors.length][];
    this.outputs = new float[1 + count * (1 + names)][];
    outputs[0] = norm;
    for (int k = 0; k < count; k++) {
      inputs[k] = parameters[k];
      outputs[after(k)] = new float[parameters[k].length];
      for (int name = 0; name < names; name++) {
        inputs[moment(name, k)] = new float[parameters[k].length];
        outputs[after(moment(name, k) - count)] = new float[parameters[k].length];
      }
    }
    System.arraycopy(factors, 0, inputs, inputs.length - factors.length, factors.length);
    this.program = Tracing.compile(engine, shapes(), this::moved);
  }

  /** Returns where a moment of a parameter is among the inputs. */
  private int moment(int name, int parameter) {
    return (2 + name) * count + parameter;
  }

  /** Returns where an output is, of which the parameters are the first. */
  private static int after(int part) {
    return 1 + part;
  }

  /** Returns the shapes of the inputs; a step sees no axes. */
  private List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int all = 0; all < 2 + names; all++) {
      for (int k = 0; k < count; k++) {
        shapes.add(Shape.of(inputs[k].length));
      }
    }
    for (int factor = 0; factor < factors.length; factor++) {
      shapes.add(Shape.SCALAR);
    }
    return shapes;
  }

  private List<Tensor> moved(List<Tensor> in) {
    List<Tensor> gradients = in.subList(count, 2 * count);
    List<Tensor> numbers = in.subList(in.size() - factors.length, in.size());
    Tensor length = norm(gradients);
    Tensor[] out = new Tensor[outputs.length];
    out[0] = length;
    for (int k = 0; k < count; k++) {
      List<Tensor> moments = new ArrayList<>();
      for (int name = 0; name < names; name++) {
        moments.add(in.get(moment(name, k)));
      }
      Tensor g = gradients.get(k);
      Tensor clipped = rule.clips() ? g.times(rule.clipping(length)) : g;
      List<Tensor> moved = rule.moved(in.get(k), clipped, moments, numbers);
      for (int part = 0; part < moved.size(); part++) {
        out[after(part * count + k)] = moved.get(part);
      }
    }
    return List.of(out);
  }

  private static Tensor norm(List<Tensor> gradients) {
    return gradients.stream()
        .map(gradient -> gradient.square().sum())
        .reduce(Tensor::plus)
        .orElseThrow()
        .sqrt();
  }

  /** Computes a step, from 1; it is taken with {@link #commit}. */
  void run(double rate, int step, float[][] gradients) {
    rule.factors(rate, step, factors);
    System.arraycopy(gradients, 0, inputs, count, count);
    try {
      program.run(inputs, outputs);
    } finally {
      Arrays.fill(inputs, count, 2 * count, null);
    }
  }

  /** Puts what {@link #run} computed in the place of what was there. */
  void commit() {
    for (int k = 0; k < count; k++) {
      System.arraycopy(outputs[after(k)], 0, inputs[k], 0, inputs[k].length);
    }
    for (int moment = 2 * count; moment < inputs.length - factors.length; moment++) {
      float[] before = inputs[moment];
      inputs[moment] = outputs[after(moment - count)];
      outputs[after(moment - count)] = before;
    }
  }

  /** Returns √Σg² of the gradients of the last run. */
  float norm() {
    return norm[0];
  }

  /** Returns the live array of a moment of a parameter, until the next {@link #commit}. */
  float[] moments(int name, int parameter) {
    return inputs[moment(name, parameter)];
  }

  String explain() {
    return program.explain();
  }

  @Override
  public void close() {
    program.close();
  }
}
