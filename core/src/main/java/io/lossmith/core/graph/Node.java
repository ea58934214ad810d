package io.lossmith.core.graph;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.op.Op;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One operation on the results of others. Immutable; compared by identity.
 *
 * <p>The shape is worked out when the node is made, so that a mistake is found on the line that
 * made it.
 */
public final class Node {
  private final Op op;
  private final List<Node> operands;
  private final Shape shape;
  private final @Nullable StackTraceElement where;

  private Node(Op op, List<Node> operands, Shape shape, @Nullable StackTraceElement where) {
    this.op = op;
    this.operands = operands;
    this.shape = shape;
    this.where = where;
  }

  /** Makes a leaf of the given shape. */
  public static Node leaf(Op op, Shape shape) {
    Objects.requireNonNull(op, "op");
    Objects.requireNonNull(shape, "shape");
    return new Node(op, List.of(), shape, null);
  }

  /**
   * Makes a node.
   *
   * @param where the user's line, for {@code explain()}, if it is known
   * @throws io.lossmith.core.ShapeException if the operands do not go together
   */
  public static Node of(Op op, List<Node> operands, @Nullable StackTraceElement where) {
    Objects.requireNonNull(op, "op");
    List<Node> copy = Elements.copyOf(operands, "operands");
    return new Node(op, copy, op.shape(copy.stream().map(Node::shape).toList()), where);
  }

  /** Returns what is done. */
  public Op op() {
    return op;
  }

  /** Returns what it is done to. */
  public List<Node> operands() {
    return operands;
  }

  /** Returns one operand. */
  public Node operand(int i) {
    return operands.get(i);
  }

  /** Returns the shape of the result. */
  public Shape shape() {
    return shape;
  }

  /** Returns the user's line that made this node, if it was recorded. */
  public @Nullable StackTraceElement where() {
    return where;
  }

  /** Returns this operation on other operands, with the same line. */
  public Node withOperands(List<Node> changed) {
    Objects.requireNonNull(changed, "changed");
    return operands.isEmpty() ? this : of(op, changed, where);
  }

  @Override
  public String toString() {
    return op.label() + " " + shape;
  }
}
