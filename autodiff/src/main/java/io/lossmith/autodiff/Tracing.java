package io.lossmith.autodiff;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.shard.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns functions of tensors into programs: the function runs once on placeholders, which have a
 * shape and no values, and what it builds is compiled.
 *
 * <p>So a function must decide nothing by values: reading one that depends on an argument is an
 * {@link IllegalStateException}. What it captures is a constant of the trace: an {@code if} on a
 * field, or a tensor, is as it was at tracing. Only a {@link Parameter} is read at each run.
 *
 * <p>Programs are kept by what they compute, the last 64 of them ({@code -Dlossmith.programs}): the
 * same function made anew costs a trace, not a compilation. As many traces are kept; a call for
 * shapes that were not among the last 64 traces its function again.
 */
public final class Tracing {
  private static final WeakMemo<Signature, LiftedGraph> TRACES = new WeakMemo<>(Programs::limit);

  private Tracing() {}

  /** Returns how many traces are kept. */
  static int traces() {
    return TRACES.size();
  }

  /**
   * Traces a function for inputs of the given shapes and compiles it.
   *
   * @param f takes one tensor for each shape and returns the program's outputs
   * @return a program whose inputs and outputs are those of the function; thread-safe
   * @throws io.lossmith.core.engine.EngineException if the engine cannot run it
   */
  public static Program compile(
      Engine engine, List<Shape> inputs, Function<List<Tensor>, List<Tensor>> f) {
    return Programs.shared(engine, Trace.of(inputs, f));
  }

  /**
   * Traces a function and compiles it with some inputs kept: what depends on them alone and is
   * expensive, a distance transform for example, is computed now and not in runs. The program is
   * not shared with others of the same graph.
   *
   * @param kept for the numbers of inputs the arrays that they always are; nobody may write to them
   *     any more; with none of them this is {@link #compile(Engine, List, Function)}
   * @return a program whose inputs are the others, in their order; thread-safe
   * @throws IllegalArgumentException if a kept array is too short or breaks a check
   * @throws io.lossmith.core.engine.EngineException if the engine cannot run it
   */
  public static Program compile(
      Engine engine,
      List<Shape> inputs,
      Map<Integer, float[]> kept,
      Function<List<Tensor>, List<Tensor>> f) {
    LiftedGraph lifted = Trace.of(inputs, f);
    return kept.isEmpty()
        ? Programs.shared(engine, lifted)
        : Programs.keeping(engine, lifted, kept);
  }

  /**
   * Traces a function of a whole batch and compiles what one of several workers does of it, who has
   * some of the samples. All workers compile the same function for the same shapes, and run it
   * together: value and gradients are those of the whole batch, with the same bits on each.
   *
   * @param inputs the shapes of the whole batch
   * @param split which inputs and outputs a worker has or wants its own samples of only
   * @param kept for the numbers of inputs the arrays that they always are, as this worker has them
   * @return a program whose inputs and outputs are the worker's own; all workers must run it as
   *     often and in the same order as each other
   * @throws io.lossmith.core.engine.EngineException if the function mixes samples other than by
   *     folds, naming the operation and the line, or if the engine cannot run it
   */
  public static Program compile(
      Engine engine,
      List<Shape> inputs,
      Split split,
      Map<Integer, float[]> kept,
      Function<List<Tensor>, List<Tensor>> f) {
    Objects.requireNonNull(split, "split");
    LiftedGraph own = Trace.of(inputs, f).sharded(split);
    return kept.isEmpty() ? Programs.shared(engine, own) : Programs.keeping(engine, own, kept);
  }

  /**
   * Calls a function through its program: traced for an owner, a name and the arguments' shapes,
   * and only run as long as that trace is kept. While another function is traced it becomes part of
   * that.
   *
   * @param owner remembered weakly, by identity: the function that a user gave, or a loss
   * @param name tells functions of one owner apart
   * @param arguments computed first where need be
   * @param f a function that does the same whenever owner and name are the same
   * @return the results, computed
   */
  public static List<Tensor> call(
      Object owner, String name, List<Tensor> arguments, Function<List<Tensor>, List<Tensor>> f) {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(name, "name");
    Elements.requireNone(arguments, "arguments");
    if (Trace.running()) {
      return f.apply(arguments);
    }
    List<Shape> shapes = arguments.stream().map(Tensor::shape).toList();
    LiftedGraph lifted = TRACES.get(owner, new Signature(name, shapes), () -> Trace.of(shapes, f));
    float[][] given = new float[arguments.size()][];
    for (int i = 0; i < given.length; i++) {
      given[i] = EagerEvaluation.values(name, arguments.get(i));
    }
    float[][] results = EagerEvaluation.run(Engines.defaultEngine(), lifted, given);
    Set<float[]> sources = Provenance.sources(arguments.stream().map(Tensor::source).toList());
    sources.addAll(List.of(lifted.data()));
    Provenance mark = Provenance.from(sources);
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      tensors.add(new Tensor(mark.leaf(results[i], lifted.graph().outputs().get(i).shape())));
    }
    return tensors;
  }

  private record Signature(String name, List<Shape> shapes) {}
}
