package io.lossmith.core.engine;

import io.lossmith.core.graph.Graph;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a program is handed, and all that changes while it runs. It comes from {@link
 * Program#call}, belongs to one thread until it is closed, and then waits for the next run; so it
 * holds no array of a caller for longer. This is where arrays enter an engine; they are not checked
 * here.
 *
 * <pre>{@code
 * try (Call call = program.call()) {
 *   call.input(0, input);
 *   call.output(0, output);
 *   call.run();
 * }
 * }</pre>
 */
public abstract class Call implements AutoCloseable {
  /** The array of each input, set before a run. */
  protected final float[][] inputs;

  /** The array of each output, set before a run. */
  protected final float[][] outputs;

  private final float[] number = new float[1];
  private @Nullable CallPool pool;
  private boolean taken;

  /** Makes a call of a graph's inputs and outputs. */
  protected Call(Graph graph) {
    inputs = new float[graph.inputs().size()][];
    outputs = new float[graph.outputs().size()][];
  }

  /** Hands in an array, at least as long as the shape of that input asks; it is only read. */
  public final void input(int index, float[] array) {
    inputs[index] = array;
  }

  /** Hands in the array that an output overwrites; no other input or output may be the same. */
  public final void output(int index, float[] array) {
    outputs[index] = array;
  }

  /** Returns an array of one number, for an output for which the caller has none. */
  public final float[] number() {
    return number;
  }

  /**
   * Computes the outputs of the arrays that were handed in.
   *
   * @throws IllegalArgumentException if data break a check: then what the outputs hold is undefined
   */
  public abstract void run();

  /** Forgets arrays of the caller that are held beside {@link #inputs} and {@link #outputs}. */
  protected void forget() {}

  /** Marks that a caller has it now. */
  final Call takenFrom(CallPool pool) {
    this.pool = pool;
    taken = true;
    return this;
  }

  /** Gives it back, without the caller's arrays; closing again does nothing. */
  @Override
  public final void close() {
    if (taken) {
      taken = false;
      Arrays.fill(inputs, null);
      Arrays.fill(outputs, null);
      forget();
      Objects.requireNonNull(pool).give(this);
    }
  }
}
