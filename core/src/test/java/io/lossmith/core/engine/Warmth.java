package io.lossmith.core.engine;

import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Nodes;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs an engine until its loops are compiled. Before that, vector code computes exp, log and the
 * like by other routines, whose last bit may differ: the same bits are promised of a warm engine.
 */
final class Warmth {
  private static final Set<String> WARM = ConcurrentHashMap.newKeySet();
  private static final int RUNS = 150;

  private Warmth() {}

  static void of(Engine engine) {
    if (!WARM.add(engine.name())) {
      return;
    }
    Sample.Builder b = new Sample.Builder("warmth");
    Node x = b.floats(40_007);
    Node y = b.floats(40_007);
    List<Node> outputs = new ArrayList<>();
    for (Unary op : Unary.values()) {
      outputs.add(Nodes.of(op, x));
    }
    for (Binary op : Binary.values()) {
      outputs.add(Nodes.of(op, x, y));
    }
    Sample sample = b.of(outputs.toArray(Node[]::new));
    float[][] results = sample.outputs();
    try (Program program = engine.withThreads(1).compile(sample.graph())) {
      for (int i = 0; i < RUNS && !engine.name().equals("reference"); i++) {
        program.run(sample.inputs(), results);
      }
    }
  }
}
