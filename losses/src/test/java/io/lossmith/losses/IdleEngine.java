package io.lossmith.losses;

import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineProgram;
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
    EngineProgram nothing =
        new EngineProgram() {
          @Override
          public Call newCall() {
            return new Call(graph) {
              @Override
              public void run() {}
            };
          }

          @Override
          public String explain() {
            return "nothing";
          }
        };
    return new Program(name(), graph, nothing);
  }
}
