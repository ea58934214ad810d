package io.lossmith.autodiff;

import io.lossmith.core.engine.MadeUpEngine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import java.util.concurrent.atomic.AtomicInteger;

/** The reference engine, counting what is compiled and closed. */
final class CountingEngine extends MadeUpEngine {
  final AtomicInteger compiled = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  Runnable whileRunning = () -> {};

  CountingEngine() {
    super("counting");
  }

  @Override
  public Program compile(Graph graph) {
    compiled.incrementAndGet();
    return super.compile(graph);
  }

  @Override
  protected void run(Graph graph, float[][] inputs, float[][] outputs) {
    whileRunning.run();
    new ReferenceEngine().compile(graph).run(inputs, outputs);
  }

  @Override
  protected void close() {
    closed.incrementAndGet();
  }
}
