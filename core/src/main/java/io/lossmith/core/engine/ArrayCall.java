package io.lossmith.core.engine;

import io.lossmith.core.graph.Graph;

/** A call of an engine that only knows arrays: it gets and leaves copies of buffers. */
public abstract class ArrayCall extends Call {
  /** Makes a call of a graph's inputs and outputs. */
  protected ArrayCall(Graph graph) {
    super(graph);
  }

  @Override
  public final void run() {
    begin();
    compute();
    end();
  }

  /**
   * Computes {@link #outputs} of {@link #inputs}.
   *
   * @throws IllegalArgumentException if data break a check
   */
  protected abstract void compute();
}
