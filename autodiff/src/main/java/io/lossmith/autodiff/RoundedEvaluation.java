package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Rounding;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph computed by the reference formulas, each result rounded to float: what float can hold.
 */
final class RoundedEvaluation {
  /** Makes 2⁻²⁴ or less, of either sign, of the upper bits of a long. */
  private static final double EPSILON_OF_LONG = 0x1p-76;

  private RoundedEvaluation() {}

  /** Returns the values of all outputs. */
  static List<double[]> of(Graph graph, double[][] inputs) {
    Map<Node, double[]> values = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      double[] exact = value(graph, inputs, node, values);
      values.put(node, rounds(node.op()) ? off(exact) : exact);
    }
    return graph.outputs().stream().map(values::get).toList();
  }

  private static double[] value(
      Graph graph, double[][] inputs, Node node, Map<Node, double[]> values) {
    if (node.op() instanceof Leaf) {
      return ReferenceEngine.evaluate(Graph.of(graph.inputs(), List.of(node)), inputs)[0];
    }
    List<Shape> shapes = node.operands().stream().map(Node::shape).toList();
    List<Node> operands = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      operands.add(Node.leaf(new Leaf.Input(i), shapes.get(i)));
    }
    Node alone = Node.of(node.op(), operands, null);
    double[][] given = node.operands().stream().map(values::get).toArray(double[][]::new);
    return ReferenceEngine.evaluate(Graph.of(shapes, List.of(alone)), given)[0];
  }

  private static boolean rounds(Op op) {
    return op instanceof ElementwiseOp elementwise
        ? elementwise.rounding() != Rounding.EXACT
        : op instanceof AxisFold fold && fold.fold() == Fold.SUM;
  }

  private static double[] off(double[] exact) {
    double[] values = new double[exact.length];
    for (int i = 0; i < values.length; i++) {
      long random = Double.doubleToLongBits(exact[i]) * 0x9E3779B97F4A7C15L;
      values[i] = (float) (exact[i] * (1 + (random >> 11) * EPSILON_OF_LONG));
    }
    return values;
  }
}
