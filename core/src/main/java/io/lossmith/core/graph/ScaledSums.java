package io.lossmith.core.graph;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules for sums of large nodes that are each multiplied by a small one, as a gradient through a
 * ratio of sums is: maps of all pixels, each times a number for each sample or class. Equal maps
 * are taken together, and what multiplies the whole sum multiplies the small nodes instead.
 *
 * <p>Sums keep their order, so that what is small is added to what is large just as before.
 */
final class ScaledSums {
  static final int SMALLER = 16;
  private static final int MOST_TERMS = 16;

  private final Rewriter make;
  private final Node sum;
  private final List<Node> terms = new ArrayList<>();
  private final List<Boolean> negative = new ArrayList<>();

  private ScaledSums(Node sum, Rewriter make) {
    this.sum = sum;
    this.make = make;
    collect(sum, false);
  }

  /** s·x + y − t·x is (s − t)·x + y. */
  static @Nullable Node join(Node node, Rewriter make) {
    if (node.op() != Binary.ADD && node.op() != Binary.SUBTRACT) {
      return null;
    }
    ScaledSums found = new ScaledSums(node, make);
    return found.terms.size() <= MOST_TERMS ? found.joined() : null;
  }

  /** (s·x − t·y)·k is (s·k)·x − (t·k)·y. */
  static @Nullable Node scale(Node node, Rewriter make) {
    ConstantMultiple scaled = ConstantMultiple.of(node);
    if (scaled == null || node.op() != Binary.MULTIPLY || !make.readOnce(scaled.node())) {
      return null;
    }
    Node sum = scaled.node();
    if (sum.op() != Binary.ADD && sum.op() != Binary.SUBTRACT) {
      return null;
    }
    ScaledSums found = new ScaledSums(sum, make);
    Node factor = make.scalar(scaled.factor());
    for (Node term : found.terms) {
      if (!found.isSmall(term) && found.factor(term) < 0) {
        return null;
      }
    }
    return found.scaled(sum, factor);
  }

  private void collect(Node node, boolean minus) {
    boolean inner = node == sum || make.readOnce(node) && node.shape().equals(sum.shape());
    if (inner && (node.op() == Binary.ADD || node.op() == Binary.SUBTRACT)) {
      collect(node.operand(0), minus);
      collect(node.operand(1), minus != (node.op() == Binary.SUBTRACT));
    } else {
      terms.add(node);
      negative.add(minus);
    }
  }

  /** Tells whether what is done to one node is negligible beside the other. */
  static boolean isSmall(Node node, Node beside) {
    return (long) node.shape().count() * SMALLER <= beside.shape().count();
  }

  private boolean isSmall(Node node) {
    return isSmall(node, sum);
  }

  /** Returns which operand of a product that nothing else reads is small, or −1. */
  private int factor(Node term) {
    if (term.op() != Binary.MULTIPLY || !make.readOnce(term)) {
      return -1;
    }
    for (int side = 0; side < 2; side++) {
      if (isSmall(term.operand(side)) && !isSmall(term.operand(1 - side))) {
        return side;
      }
    }
    return -1;
  }

  private @Nullable Node joined() {
    for (int i = 0; i < terms.size(); i++) {
      int side = factor(terms.get(i));
      for (int j = i + 1; side >= 0 && j < terms.size(); j++) {
        int other = factor(terms.get(j));
        if (other >= 0
            && terms.get(i) != terms.get(j)
            && terms.get(i).operand(1 - side) == terms.get(j).operand(1 - other)) {
          Node x = terms.get(i).operand(1 - side);
          Binary op = negative.get(i).equals(negative.get(j)) ? Binary.ADD : Binary.SUBTRACT;
          Node factor = make.node(sum, op, terms.get(i).operand(side), terms.get(j).operand(other));
          Node product = make.node(sum, Binary.MULTIPLY, x, factor);
          return make.fitted(sum, rebuilt(sum, terms.get(i), product, terms.get(j)));
        }
      }
    }
    return null;
  }

  /** Returns a sum with one term replaced and another one left out, or null if none is left. */
  private @Nullable Node rebuilt(Node node, Node replaced, Node by, Node leftOut) {
    if (node == replaced || node == leftOut) {
      return node == replaced ? by : null;
    }
    if (terms.contains(node)) {
      return node;
    }
    Node left = rebuilt(node.operand(0), replaced, by, leftOut);
    Node right = rebuilt(node.operand(1), replaced, by, leftOut);
    if (left == null) {
      return node.op() == Binary.ADD ? right : make.node(node, Unary.NEGATE, right);
    }
    return right == null ? left : make.node(node, node.op(), left, right);
  }

  private Node scaled(Node node, Node by) {
    if (!terms.contains(node)) {
      return make.node(node, node.op(), scaled(node.operand(0), by), scaled(node.operand(1), by));
    }
    int side = isSmall(node) ? -1 : factor(node);
    if (side < 0) {
      return make.node(node, Binary.MULTIPLY, node, by);
    }
    Node small = make.node(node, Binary.MULTIPLY, node.operand(side), by);
    return make.node(node, Binary.MULTIPLY, node.operand(1 - side), small);
  }
}
