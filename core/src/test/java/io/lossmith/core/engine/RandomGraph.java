package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A graph of random operations, and inputs at which it is well conditioned: values stay below 100,
 * and a small change of the inputs changes them little. So float and double must agree on it. Fewer
 * nodes with the same seed are a beginning of the same graph, which makes shrinking useful.
 */
public record RandomGraph(long seed, Graph graph, float[][] inputs) {
  private static final double NUDGE = 1e-6;

  /** Any of them, of 5 to 40 operations. */
  public static Arbitrary<RandomGraph> arbitrary() {
    return Combinators.combine(
            Arbitraries.longs().between(0, Integer.MAX_VALUE).withoutEdgeCases(),
            Arbitraries.integers().between(5, 40))
        .as(RandomGraph::of);
  }

  /** Makes the graph of this seed with so many operations. */
  public static RandomGraph of(long seed, int operations) {
    return new Growth(new Random(seed)).grow(seed, operations);
  }

  @Override
  public String toString() {
    return "RandomGraph.of(" + seed + "L, …):\n" + graph;
  }

  /**
   * The graph while it grows; remembers the values of each node, and of each with nudged inputs.
   */
  private static final class Growth {
    private final Random random;
    private final RandomOperations operations;
    private final List<Shape> shapes = new ArrayList<>();
    private final List<double[]> inputs = new ArrayList<>();
    private final List<double[]> nudged = new ArrayList<>();
    private final Map<Node, double[]> values = new IdentityHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    Growth(Random random) {
      this.random = random;
      this.operations = new RandomOperations(random, nodes, values);
    }

    RandomGraph grow(long seed, int count) {
      for (Node leaf : operations.leaves(shapes)) {
        accept(leaf);
      }
      int first = nodes.size();
      for (int tries = 0; nodes.size() < first + count && tries < 100 * count; tries++) {
        Node candidate = operations.next();
        if (candidate != null) {
          accept(candidate);
        }
      }
      List<Node> outputs = new ArrayList<>(List.of(nodes.get(nodes.size() - 1)));
      Random choice = new Random(seed);
      for (int i = choice.nextInt(4); i > 0; i--) {
        outputs.add(nodes.get(choice.nextInt(nodes.size())));
      }
      float[][] arrays = new float[inputs.size()][];
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = new float[inputs.get(i).length];
        for (int at = 0; at < arrays[i].length; at++) {
          arrays[i][at] = (float) inputs.get(i)[at];
        }
      }
      return new RandomGraph(seed, Graph.of(shapes, outputs), arrays);
    }

    private void accept(Node node) {
      while (inputs.size() < shapes.size()) {
        fill(shapes.get(inputs.size()));
      }
      Graph graph = Graph.of(shapes, List.of(node));
      double[] value = ReferenceEngine.evaluate(graph, inputs.toArray(double[][]::new))[0];
      double[] moved = ReferenceEngine.evaluate(graph, nudged.toArray(double[][]::new))[0];
      double scale = 1;
      double change = 0;
      for (int i = 0; i < value.length; i++) {
        scale = Math.max(scale, Math.abs(value[i]));
        change = Math.max(change, Math.abs(value[i] - moved[i]));
        if (!Double.isFinite(value[i]) || !Double.isFinite(moved[i])) {
          return;
        }
      }
      if (scale <= 100 && change <= 100 * NUDGE * scale) {
        values.put(node, value);
        nodes.add(node);
      }
    }

    /** Even inputs hold sixteenths, odd ones small whole numbers, which are not nudged. */
    private void fill(Shape shape) {
      boolean labels = inputs.size() % 2 == 1;
      double[] value = new double[shape.count()];
      double[] other = new double[value.length];
      for (int i = 0; i < value.length; i++) {
        value[i] = labels ? random.nextInt(4) : (random.nextInt(64) - 32 + 0.5) / 16;
        other[i] = labels ? value[i] : value[i] * (1 + NUDGE * (2 * random.nextDouble() - 1));
      }
      inputs.add(value);
      nudged.add(other);
    }
  }
}
