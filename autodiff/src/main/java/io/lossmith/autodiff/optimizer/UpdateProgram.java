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
  private final float[][] parameters;
  private final ParameterPieces pieces;
  private final int names;

  /** Parameters piece by piece, gradients likewise, moments of all by name, factors. */
  private final float[][] inputs;

  /** The norm, and as they are after a step: parameters of all, moments of all by name. */
  private final float[][] outputs;

  private final float[][] factors;
  private final float[] norm = new float[1];
  private final Program program;

  UpdateProgram(UpdateRule rule, Engine engine, float[][] parameters) {
    this.rule = rule;
    this.parameters = parameters;
    this.pieces = new ParameterPieces(parameters);
    this.names = rule.moments().size();
    this.factors = new float[rule.factors()][1];
    this.inputs = new float[moments(names) + factors.length][];
    this.outputs = new float[2 + names][];
    for (int piece = 0; piece < 2 * pieces.count(); piece++) {
      inputs[piece] = new float[pieces.length(piece % pieces.count())];
    }
    for (int name = 0; name < names; name++) {
      inputs[moments(name)] = new float[pieces.total()];
    }
    System.arraycopy(factors, 0, inputs, moments(names), factors.length);
    Arrays.setAll(outputs, i -> i == 0 ? norm : new float[pieces.total()]);
    this.program = Tracing.compile(engine, shapes(), this::moved);
  }

  /** Returns which input has the moments of a name. */
  private int moments(int name) {
    return 2 * pieces.count() + name;
  }

  /** Returns the shapes of the inputs; a step sees no axes. */
  private List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int piece = 0; piece < 2 * pieces.count(); piece++) {
      shapes.add(Shape.of(pieces.length(piece % pieces.count())));
    }
    for (int name = 0; name < names; name++) {
      shapes.add(Shape.of(pieces.total()));
    }
    for (int factor = 0; factor < factors.length; factor++) {
      shapes.add(Shape.SCALAR);
    }
    return shapes;
  }

  private List<Tensor> moved(List<Tensor> in) {
    List<Tensor> gradients = in.subList(pieces.count(), moments(0));
    List<Tensor> moments = in.subList(moments(0), moments(names));
    List<Tensor> numbers = in.subList(moments(names), in.size());
    Tensor length = norm(pieces.each(gradients));
    List<List<Tensor>> moved = new ArrayList<>();
    for (int piece = 0; piece < pieces.count(); piece++) {
      int from = pieces.start(piece);
      int to = from + pieces.length(piece);
      Tensor g = gradients.get(piece);
      moved.add(
          rule.moved(
              in.get(piece),
              rule.clips() ? g.times(rule.clipping(length)) : g,
              moments.stream().map(all -> all.slice(0, from, to)).toList(),
              numbers));
    }
    List<Tensor> out = new ArrayList<>(List.of(length));
    for (int part = 0; part <= names; part++) {
      int index = part;
      out.add(Tensor.concat(0, moved.stream().map(one -> one.get(index)).toArray(Tensor[]::new)));
    }
    return out;
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
    pieces.lay(parameters, inputs, 0);
    pieces.lay(gradients, inputs, pieces.count());
    try {
      program.run(inputs, outputs);
    } finally {
      pieces.pickUp(inputs, pieces.count());
    }
  }

  /** Puts what {@link #run} computed in the place of what was there. */
  void commit() {
    pieces.deal(outputs[1], parameters);
    for (int name = 0; name < names; name++) {
      float[] before = inputs[moments(name)];
      inputs[moments(name)] = outputs[2 + name];
      outputs[2 + name] = before;
    }
  }

  /** Returns √Σg² of the gradients of the last run. */
  float norm() {
    return norm[0];
  }

  /** Returns a copy of the moments of a name, for each parameter. */
  float[][] copyOfMoments(int name) {
    float[][] copy = Arrays.stream(parameters).map(float[]::clone).toArray(float[][]::new);
    pieces.deal(inputs[moments(name)], copy);
    return copy;
  }

  /** Replaces the moments of a name. */
  void replaceMoments(int name, float[][] by) {
    pieces.gather(by, inputs[moments(name)]);
  }

  String explain() {
    return program.explain();
  }

  @Override
  public void close() {
    program.close();
  }
}
