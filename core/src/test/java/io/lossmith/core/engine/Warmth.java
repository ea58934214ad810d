package io.lossmith.core.engine;

import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Nodes;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs an engine until its loops are compiled. Before that, vector code computes exp, log and the
 * like by other routines, whose last bit may differ: the same bits are promised of a warm engine.
 */
final class Warmth {
  private static final Set<String> WARM = ConcurrentHashMap.newKeySet();
  private static final List<String> TYPICAL =
      List.of("dice [2, 4", "weighted focal [2, 4", "softmax of axis 1 of [300", "length 4099");
  private static final String CPU = "cpu";
  private static final int RUNS = 300;
  private static final long ENOUGH = TimeUnit.SECONDS.toNanos(3);

  private Warmth() {}

  /** Warms the loops that most samples use, once for each engine. */
  static void of(Engine engine) {
    if (!engine.name().equals(CPU) || !WARM.add(engine.description())) {
      return;
    }
    settle(engine, everyOperation());
    Samples.all().stream()
        .filter(sample -> TYPICAL.stream().anyMatch(sample.name()::startsWith))
        .forEach(sample -> settle(engine, sample));
  }

  /** Makes a comparison of bits; up to thrice again if a loop may have been compiled meanwhile. */
  static void eventually(Engine engine, Sample sample, Runnable comparison) {
    for (int tries = 0; tries < 3; tries++) {
      try {
        comparison.run();
        return;
      } catch (AssertionError e) {
        settle(engine, sample);
      }
    }
    comparison.run();
  }

  /** Runs one sample until its bits have long stopped to change. */
  private static void settle(Engine engine, Sample sample) {
    if (!engine.name().equals(CPU)) {
      return; // its bits never change
    }
    float[][] outputs = sample.outputs();
    long start = System.nanoTime();
    int last = 0;
    try (Program program = engine.withThreads(1).compile(sample.graph())) {
      for (int same = 0; same < RUNS && System.nanoTime() - start < ENOUGH; same++) {
        program.run(sample.inputs(), outputs);
        int now = Arrays.deepHashCode(outputs);
        same = now == last ? same : 0;
        last = now;
      }
    }
  }

  private static Sample everyOperation() {
    Sample.Builder b = new Sample.Builder("every operation");
    Node x = b.floats(20_007);
    Node y = b.floats(20_007);
    List<Node> outputs = new ArrayList<>();
    for (Unary op : Unary.values()) {
      outputs.add(Nodes.of(op, x));
    }
    for (Binary op : Binary.values()) {
      outputs.add(Nodes.of(op, x, y));
    }
    return b.of(outputs.toArray(Node[]::new));
  }
}
