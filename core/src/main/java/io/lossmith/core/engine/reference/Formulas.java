package io.lossmith.core.engine.reference;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Identity;
import io.lossmith.core.op.Leaf;
import java.util.List;

/** Computes single nodes by the formulas of their operations. */
final class Formulas {
  private Formulas() {}

  /** Returns the values of a node; what it returns may be an array of an input or an operand. */
  static double[] value(Node node, double[][] operands, double[][] inputs) {
    return node.op() instanceof Leaf leaf
        ? leaf.values(inputs, node.shape())
        : apply(node, operands);
  }

  /** Returns the values of an operation; identities return their operand's array. */
  static double[] apply(Node node, double[][] operands) {
    if (node.op() instanceof Identity) {
      return operands[0];
    }
    List<Shape> shapes = node.operands().stream().map(Node::shape).toList();
    double[] result = new double[node.shape().count()];
    node.op().evaluate(operands, shapes, result);
    return result;
  }
}
