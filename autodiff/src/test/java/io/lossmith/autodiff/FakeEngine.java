package io.lossmith.autodiff;

import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineProgram;
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
    EngineProgram counting =
        new EngineProgram() {
          @Override
          public Call newCall() {
            return new Call(graph) {
              @Override
              public void run() {
                whileRunning.run();
                program.run(inputs, outputs);
              }
            };
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
    return new Program(name(), graph, counting);
  }
}
