package io.lossmith.losses;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;

/** Runs nothing, without allocating. */
final class IdleEngine implements Engine {
  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String description() {
    return "does nothing";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Program compile(Graph graph) {
    return new Program() {
      @Override
      public void run(float[][] inputs, float[][] outputs) {}

      @Override
      public String explain() {
        return "nothing";
      }

      @Override
      public void close() {}
    };
  }
}
