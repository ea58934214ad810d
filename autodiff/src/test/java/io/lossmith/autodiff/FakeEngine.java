package io.lossmith.autodiff;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import java.util.concurrent.atomic.AtomicInteger;

/** The reference engine, counting what is compiled, closed and run. */
final class FakeEngine implements Engine {
  final AtomicInteger compiled = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  Runnable whileRunning = () -> {};

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String description() {
    return "for tests";
  }

  @Override
  public int rank() {
    return -1;
  }

  @Override
  public Program compile(Graph graph) {
    compiled.incrementAndGet();
    Program program = new ReferenceEngine().compile(graph);
    return new Program() {
      @Override
      public void run(float[][] inputs, float[][] outputs) {
        whileRunning.run();
        program.run(inputs, outputs);
      }

      @Override
      public String explain() {
        return program.explain();
      }

      @Override
      public void close() {
        closed.incrementAndGet();
        program.close();
      }
    };
  }
}
