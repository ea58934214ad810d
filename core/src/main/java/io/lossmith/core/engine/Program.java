package io.lossmith.core.engine;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A graph ready to run, any number of times and from any thread: the one door to every engine. Here
 * arrays and buffers are checked, here it is asked whether the program is still open, and here what
 * a run needs is kept for the next, so that a warm one allocates nothing. Engines only compute:
 * what they bring is an {@link EngineProgram}.
 */
public final class Program implements AutoCloseable {
  private final String engine;
  private final Graph graph;
  private final CallPool calls;
  private final Arguments arguments;
  private final float[][] own;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Makes the program that an engine returns.
   *
   * @param engine the engine's name, which begins the messages
   * @param graph what it was asked to compute
   * @param program computes it
   */
  public Program(String engine, Graph graph, EngineProgram program) {
    this(
        Objects.requireNonNull(engine, "engine"),
        graph,
        new CallPool(Objects.requireNonNull(program, "program")),
        new float[0][]);
  }

  private Program(String engine, Graph graph, CallPool calls, float[][] own) {
    this.engine = engine;
    this.graph = graph;
    this.calls = calls;
    this.arguments = Arguments.of(engine, graph, own.length);
    this.own = own;
  }

  /** Returns the name of the engine that runs it. */
  public String engine() {
    return engine;
  }

  /** Returns the shape of each array that a run computes. */
  public List<Shape> outputs() {
    return graph.outputs().stream().map(Node::shape).toList();
  }

  /**
   * Returns this program for one user more, who always reads the same arrays at the end of the
   * inputs. It is freed when all who share it have closed it, and their runs are done.
   *
   * @param own for each of the last inputs its array, as long as its shape asks
   * @return a program of the inputs before them, or null if this is closed
   */
  public @Nullable Program share(float[][] own) {
    Elements.require(own, "own");
    return !closed.get() && calls.join() ? new Program(engine, graph, calls, own) : null;
  }

  /**
   * Returns what one run is handed, free of arrays but for those of this program's own. Whoever
   * fills it has checked what goes into it; {@link #run} does both.
   *
   * @return a call of one thread, to be closed; until then the program stays open
   * @throws IllegalStateException if this is closed
   */
  public Call call() {
    Call call = closed.get() ? null : calls.take();
    if (call == null) {
      throw new IllegalStateException(engine + ": this program is closed; compile it again");
    }
    int first = call.inputs.length - own.length;
    for (int i = 0; i < own.length; i++) {
      call.input(first + i, own[i]);
    }
    return call;
  }

  /**
   * Computes all outputs.
   *
   * @param inputs one array for each input of the graph, at least as long as its shape asks; read
   *     only
   * @param outputs one array for each output, overwritten; must not be an input
   * @throws IllegalArgumentException if an array is too short, or data break a check: then what the
   *     outputs hold is undefined
   * @throws IllegalStateException if this is closed
   */
  public void run(float[][] inputs, float[][] outputs) {
    try (Call call = call()) {
      arguments.requireNumbers(inputs.length, outputs.length);
      for (int i = 0; i < inputs.length; i++) {
        call.input(i, inputs[i]);
      }
      for (int i = 0; i < outputs.length; i++) {
        call.output(i, outputs[i]);
      }
      run(call);
    }
  }

  /**
   * Computes all outputs, reading and writing buffers: of each the numbers from its position on;
   * position and limit stay where they are. The CPU engine does so as it goes, others are handed
   * copies.
   *
   * @param inputs one buffer for each input of the graph, with at least as many numbers up to its
   *     limit as the shape asks; read only
   * @param outputs one buffer for each output, overwritten; must not overlap an input
   * @throws IllegalArgumentException if a buffer is too short, is not in this machine's byte order
   *     or, for an output, is read-only, or data break a check: then what the outputs hold is
   *     undefined
   * @throws IllegalStateException if this is closed
   */
  public void run(FloatBuffer[] inputs, FloatBuffer[] outputs) {
    try (Call call = call()) {
      arguments.requireNumbers(inputs.length, outputs.length);
      for (int i = 0; i < inputs.length; i++) {
        call.input(i, inputs[i]);
      }
      for (int i = 0; i < outputs.length; i++) {
        call.output(i, outputs[i]);
      }
      run(call);
    }
  }

  private void run(Call call) {
    arguments.require(call);
    call.run();
  }

  /** Returns in words what a run does: passes, operations, bytes moved, and the user's lines. */
  public String explain() {
    return calls.program().explain();
  }

  /**
   * Ends this user's share; closing again does nothing. With the last one what the program holds is
   * freed, once the runs that are under way are done.
   */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      calls.leave();
    }
  }
}
