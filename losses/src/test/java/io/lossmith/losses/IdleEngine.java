package io.lossmith.losses;

import io.lossmith.core.engine.MadeUpEngine;
import io.lossmith.core.graph.Graph;

/** Runs nothing, without allocating. */
final class IdleEngine extends MadeUpEngine {
  IdleEngine() {
    super("idle");
  }

  @Override
  protected void run(Graph graph, float[][] inputs, float[][] outputs) {}
}
