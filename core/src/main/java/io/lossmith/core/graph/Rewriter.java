package io.lossmith.core.graph;

import io.lossmith.core.Shape;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One round of simplifying: makes nodes, each of them once, and applies the rules to each. */
final class Rewriter {
  /** A reason to replace a node, or null where it does not apply. */
  interface Rule {
    @Nullable Node apply(Node node, Rewriter make);
  }

  /** Rules make nodes, to which rules apply: the depth at which that waits for the next round. */
  private static final int DEPTH = 100;

  private static final int REPLACEMENTS = 32;

  private final List<Rule> rules;
  private final Map<Object, Node> made = new HashMap<>();
  private final Map<Node, Integer> numbers = new IdentityHashMap<>();
  private final Map<Node, Integer> uses = new IdentityHashMap<>();
  private final Map<Node, Node> done = new IdentityHashMap<>();
  private int depth;

  Rewriter(List<Rule> rules) {
    this.rules = rules;
  }

  /** Returns what this node becomes; its operands are results of this round. */
  Node simplified(Node node) {
    Node current = merged(node);
    if (current.op() instanceof Alias) {
      return current.operand(0);
    }
    Node known = done.get(current);
    if (known != null) {
      return known;
    }
    if (depth >= DEPTH) {
      return current;
    }
    depth++;
    Node first = current;
    for (int i = 0; i < REPLACEMENTS; i++) {
      Node next = replaced(current);
      if (next == null) {
        break;
      }
      current = next;
    }
    depth--;
    done.put(first, current);
    return current;
  }

  private @Nullable Node replaced(Node node) {
    for (Rule rule : rules) {
      Node next = rule.apply(node, this);
      if (next != null) {
        if (!next.shape().equals(node.shape())) {
          throw new IllegalStateException(
              "simplifier: " + node + " became " + next + ", shapes must stay");
        }
        return next;
      }
    }
    return null;
  }

  /** Makes a node in place of {@code old}, whose line it keeps, and simplifies it. */
  Node node(Node old, Op op, Node... operands) {
    return simplified(Node.of(op, List.of(operands), old.where()));
  }

  /** Makes the operation of {@code old} on other operands. */
  Node with(Node old, List<Node> operands) {
    return simplified(old.withOperands(operands));
  }

  /** Makes a leaf. */
  Node leaf(Op op, Shape shape) {
    return merged(Node.leaf(op, shape));
  }

  /** Makes a number. */
  Node scalar(double value) {
    return leaf(new Leaf.Scalar(value), Shape.SCALAR);
  }

  /** Returns a node under the shape of {@code old}, repeated or renamed as that needs. */
  Node fitted(Node old, Node node) {
    if (node.shape().equals(old.shape())) {
      return node;
    }
    boolean renamed = node.shape().count() == old.shape().count() && node.shape().rank() > 0;
    return node(
        old, renamed ? new Move.Reshape(old.shape()) : new Move.Broadcast(old.shape()), node);
  }

  /** Tells whether nothing but the node at hand reads this one; in doubt, no. */
  boolean readOnce(Node node) {
    return uses.getOrDefault(node, 2) == 1;
  }

  /** Tells whether several nodes read this one; in doubt, no. */
  boolean isShared(Node node) {
    return uses.getOrDefault(node, 0) > 1;
  }

  void addUses(Node node, int count) {
    uses.merge(node, count, Integer::sum);
  }

  /** Returns the number that all elements of a node are, if that is known. */
  static OptionalDouble constant(Node node) {
    return source(node).op() instanceof Leaf.Scalar scalar
        ? OptionalDouble.of(scalar.value())
        : OptionalDouble.empty();
  }

  /** Returns what a node repeats or renames. */
  static Node source(Node node) {
    Node source = node;
    while (source.op() instanceof Move.Broadcast || source.op() instanceof Move.Reshape) {
      source = source.operand(0);
    }
    return source;
  }

  /** Tells whether all elements are this number; 0 is meant with either sign. */
  static boolean is(Node node, double value) {
    OptionalDouble constant = constant(node);
    return constant.isPresent() && constant.getAsDouble() == value;
  }

  /** Tells whether a check would be lost with this node. */
  static boolean checked(Node node) {
    return Graph.of(List.of(), List.of(node)).nodes().stream()
        .anyMatch(n -> n.op() instanceof Check);
  }

  /** Returns a product made before in this round, or null. */
  @Nullable Node knownProduct(Node a, Node b) {
    return made.get(key(Node.of(Binary.MULTIPLY, List.of(a, b), null)));
  }

  /** Returns the node made before that does the same, or this one. */
  private Node merged(Node node) {
    return made.computeIfAbsent(key(node), k -> node);
  }

  private Object key(Node node) {
    List<Integer> operands = new ArrayList<>(node.operands().size());
    for (Node operand : node.operands()) {
      operands.add(numbers.computeIfAbsent(operand, n -> numbers.size()));
    }
    if (node.op() instanceof Binary op && op.commutes() && operands.get(0) > operands.get(1)) {
      operands = List.of(operands.get(1), operands.get(0));
    }
    return List.of(node.op(), operands, node.shape());
  }
}
