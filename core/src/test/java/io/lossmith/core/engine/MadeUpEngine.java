package io.lossmith.core.engine;

import io.lossmith.core.graph.Graph;

/** An engine that a test makes up: what its programs do is one method. */
public abstract class MadeUpEngine implements Engine {
  private final String name;

  protected MadeUpEngine(String name) {
    this.name = name;
  }

  /** Runs a program of the graph. */
  protected abstract void run(Graph graph, float[][] inputs, float[][] outputs);

  /** Hears that a program is closed. */
  protected void close() {}

  @Override
  public final String name() {
    return name;
  }

  @Override
  public String description() {
    return "made up by a test";
  }

  @Override
  public int rank() {
    return -1;
  }

  @Override
  public Program compile(Graph graph) {
    EngineProgram program =
        new EngineProgram() {
          @Override
          public Call newCall() {
            return new ArrayCall(graph) {
              @Override
              protected void compute() {
                MadeUpEngine.this.run(graph, inputs, outputs);
              }
            };
          }

          @Override
          public String explain() {
            return name + ": " + graph;
          }

          @Override
          public void close() {
            MadeUpEngine.this.close();
          }
        };
    return new Program(name, graph, program);
  }
}
