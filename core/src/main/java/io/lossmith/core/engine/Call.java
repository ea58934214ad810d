package io.lossmith.core.engine;

import io.lossmith.core.graph.Graph;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a program is handed, and all that changes while it runs. It comes from {@link
 * Program#call}, belongs to one thread until it is closed, and then waits for the next run; so it
 * holds nothing of a caller for longer. This is where arrays and buffers enter an engine; they are
 * not checked here.
 *
 * <pre>{@code
 * try (Call call = program.call()) {
 *   call.input(0, input);
 *   call.output(0, output);
 *   call.run();
 * }
 * }</pre>
 *
 * <p>Of a buffer the numbers from its position on are read or written; position and limit stay
 * where they are. An engine only has to know arrays: it is handed copies, made and kept here, of
 * the buffers that it does not read or write itself.
 */
public abstract class Call implements AutoCloseable {
  /** The array of each input, set by {@link #begin}; null if the engine reads the buffer itself. */
  protected final float[][] inputs;

  /** The array of each output, likewise. */
  protected final float[][] outputs;

  final Handed[] handedInputs;
  final Handed[] handedOutputs;
  private final float[] number = new float[1];
  private @Nullable CallPool pool;
  private boolean taken;

  /** Makes a call of a graph's inputs and outputs. */
  protected Call(Graph graph) {
    inputs = new float[graph.inputs().size()][];
    outputs = new float[graph.outputs().size()][];
    handedInputs = new Handed[inputs.length];
    handedOutputs = new Handed[outputs.length];
    Arrays.setAll(handedInputs, i -> new Handed(graph.inputs().get(i).count()));
    Arrays.setAll(handedOutputs, i -> new Handed(graph.outputs().get(i).shape().count()));
  }

  /** Hands in an array, at least as long as the shape of that input asks; it is only read. */
  public final void input(int index, float[] array) {
    handedInputs[index].set(array);
  }

  /** Hands in a buffer with as many numbers from position to limit; it is only read. */
  public final void input(int index, FloatBuffer buffer) {
    handedInputs[index].set(buffer);
  }

  /** Hands in the array that an output overwrites; no other input or output may be the same. */
  public final void output(int index, float[] array) {
    handedOutputs[index].set(array);
  }

  /** Hands in the buffer that an output overwrites from its position on; it overlaps no other. */
  public final void output(int index, FloatBuffer buffer) {
    handedOutputs[index].set(buffer);
  }

  /** Returns an array of one number, for an output for which the caller has none. */
  public final float[] number() {
    return number;
  }

  /**
   * Computes the outputs of what was handed in, between {@link #begin} and {@link #end}.
   *
   * @throws IllegalArgumentException if data break a check: then what the outputs hold is undefined
   */
  public abstract void run();

  /** Sets the arrays of a run. */
  protected final void begin() {
    for (int i = 0; i < inputs.length; i++) {
      Handed handed = handedInputs[i];
      inputs[i] = handed.hasNoArray() && readsBuffer(i) ? null : handed.read();
    }
    for (int i = 0; i < outputs.length; i++) {
      Handed handed = handedOutputs[i];
      outputs[i] = handed.hasNoArray() && writesBuffer(i) ? null : handed.written();
    }
  }

  /** Brings outputs that were computed in a copy to where they belong. */
  protected final void end() {
    for (int i = 0; i < outputs.length; i++) {
      if (outputs[i] != null) {
        handedOutputs[i].deliver();
      }
    }
  }

  /**
   * Tells whether an engine reads an input from {@link #inputBuffer} where there is no array; else
   * it is copied into one.
   */
  protected boolean readsBuffer(int index) {
    return false;
  }

  /** Tells whether an engine writes an output to {@link #outputBuffer}, likewise. */
  protected boolean writesBuffer(int index) {
    return false;
  }

  /** Returns the buffer of an input that has no array. */
  protected final FloatBuffer inputBuffer(int index) {
    return Objects.requireNonNull(handedInputs[index].buffer());
  }

  /** Returns at which index of that buffer the input begins. */
  protected final int inputStart(int index) {
    return handedInputs[index].start();
  }

  /** Returns the array or the memory segment that this buffer is of, or null where none is told. */
  protected final @Nullable Object inputMemory(int index) {
    return handedInputs[index].memory();
  }

  /** Returns at which of its numbers the input begins. */
  protected final int inputPlace(int index) {
    return handedInputs[index].place();
  }

  /** Returns the buffer of an output that has no array. */
  protected final FloatBuffer outputBuffer(int index) {
    return Objects.requireNonNull(handedOutputs[index].buffer());
  }

  /** Returns the array or the memory segment that this buffer is of, or null where none is told. */
  protected final @Nullable Object outputMemory(int index) {
    return handedOutputs[index].memory();
  }

  /** Returns at which of its numbers the output begins. */
  protected final int outputPlace(int index) {
    return handedOutputs[index].place();
  }

  /** Returns at which index of that buffer the output begins. */
  protected final int outputStart(int index) {
    return handedOutputs[index].start();
  }

  /** Returns an array for each input, copied where there is none: for a run that failed. */
  protected final float[][] arraysOfInputs() {
    return Arrays.stream(handedInputs).map(Handed::read).toArray(float[][]::new);
  }

  /** Forgets what is the caller's and held beside {@link #inputs} and {@link #outputs}. */
  protected void forget() {}

  /** Marks that a caller has it now. */
  final Call takenFrom(CallPool pool) {
    this.pool = pool;
    taken = true;
    return this;
  }

  /** Gives it back, without what is the caller's; closing again does nothing. */
  @Override
  public final void close() {
    if (taken) {
      taken = false;
      Arrays.fill(inputs, null);
      Arrays.fill(outputs, null);
      for (Handed handed : handedInputs) {
        handed.clear();
      }
      for (Handed handed : handedOutputs) {
        handed.clear();
      }
      forget();
      Objects.requireNonNull(pool).give(this);
    }
  }
}
