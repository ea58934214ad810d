package io.lossmith.core.engine;

/** A graph ready to run, any number of times and from any thread. */
public interface Program extends AutoCloseable {
  /**
   * Computes all outputs.
   *
   * @param inputs one array for each input of the graph, at least as long as its shape asks; read
   *     only
   * @param outputs one array for each output, overwritten; must not be an input
   * @throws IllegalArgumentException if an array is too short, or data break a check: then what the
   *     outputs hold is undefined
   * @throws IllegalStateException if the program is closed
   */
  void run(float[][] inputs, float[][] outputs);

  /** Returns in words what a run does: passes, operations, bytes moved, and the user's lines. */
  String explain();

  /** Frees what the program holds; closing again does nothing. */
  @Override
  void close();
}
