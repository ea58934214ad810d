package io.lossmith.core.engine.reference;

import io.lossmith.core.engine.Checks;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Check;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Computes a graph node by node, and releases each value when its last reader is done. */
final class Evaluation {
  private final List<Node> nodes;
  private final int[][] operands;
  private final int[][] lastReads;
  private final int[] outputs;

  Evaluation(Graph graph) {
    nodes = graph.nodes();
    Map<Node, Integer> position = new IdentityHashMap<>();
    nodes.forEach(node -> position.put(node, position.size()));
    operands = new int[nodes.size()][];
    int[] lastReader = new int[nodes.size()];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = nodes.get(i).operands().stream().mapToInt(position::get).toArray();
      for (int operand : operands[i]) {
        lastReader[operand] = i;
      }
    }
    outputs = graph.outputs().stream().mapToInt(position::get).toArray();
    for (int output : outputs) {
      lastReader[output] = Integer.MAX_VALUE;
    }
    lastReads = new int[nodes.size()][];
    for (int i = 0; i < operands.length; i++) {
      int reader = i;
      lastReads[i] = Arrays.stream(operands[i]).filter(o -> lastReader[o] == reader).toArray();
    }
  }

  /** Returns the outputs' values; what it returns may be one of the inputs, or one array twice. */
  double[][] run(double[][] inputs) {
    double[][] values = new double[nodes.size()][];
    for (int i = 0; i < values.length; i++) {
      Node node = nodes.get(i);
      double[][] read = pick(values, operands[i]);
      if (node.op() instanceof Check check) {
        Checks.require(check, node.shape(), read[0]);
      }
      values[i] = Formulas.value(node, read, inputs);
      for (int done : lastReads[i]) {
        values[done] = null;
      }
    }
    return pick(values, outputs);
  }

  /** Returns what every node is when each result is rounded to float, as other engines do. */
  Map<Node, double[]> all(double[][] inputs) {
    Map<Node, double[]> all = new IdentityHashMap<>();
    double[][] values = new double[nodes.size()][];
    for (int i = 0; i < values.length; i++) {
      Node node = nodes.get(i);
      double[] exact = Formulas.value(node, pick(values, operands[i]), inputs);
      values[i] = Arrays.stream(exact).map(value -> (float) value).toArray();
      all.put(node, values[i]);
    }
    return all;
  }

  private static double[][] pick(double[][] values, int[] which) {
    double[][] picked = new double[which.length][];
    Arrays.setAll(picked, i -> values[which[i]]);
    return picked;
  }
}
