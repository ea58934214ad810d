package io.lossmith.core.graph;

import io.lossmith.core.Shape;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sums of parts with zeros around them, as gradients of what was cut to pieces are: parts of one
 * place are added before they get their zeros, and parts that fill the sum are laid side by side. A
 * part with its zeros is written to memory whole, and read again.
 */
final class SumsOfParts {
  private final Rewriter make;
  private final Node sum;
  private final List<Node> parts = new ArrayList<>();

  private SumsOfParts(Node sum, Rewriter make) {
    this.sum = sum;
    this.make = make;
    collect(sum);
  }

  /** Returns a sum with fewer paddings, or null. */
  static @Nullable Node rewrite(Node node, Rewriter make) {
    if (node.op() != Binary.ADD) {
      return null;
    }
    SumsOfParts found = new SumsOfParts(node, make);
    if (found.parts.stream().distinct().count() < found.parts.size()) {
      return null; // x + x + y: there is no telling one x from the other
    }
    Node joined = found.joined();
    return joined == null ? found.sideBySide() : joined;
  }

  private void collect(Node node) {
    if (isInner(node)) {
      collect(node.operand(0));
      collect(node.operand(1));
    } else if (node.op() instanceof Move.Placing
        && node.shape().equals(sum.shape())
        && make.readOnce(node)) {
      parts.add(node);
    }
  }

  private boolean isInner(Node node) {
    return node.op() == Binary.ADD
        && node.shape().equals(sum.shape())
        && (node == sum || make.readOnce(node));
  }

  /** What has its parts at places of another's is added to these. */
  private @Nullable Node joined() {
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        Node first = parts.get(i);
        Node second = parts.get(j);
        boolean isWhole = first.operands().size() >= second.operands().size();
        Node both = isWhole ? into(first, second) : into(second, first);
        if (both != null) {
          return rebuilt(sum, first, both, List.of(second));
        }
      }
    }
    return null;
  }

  /** Returns one node's parts with another's added to them, or null where one has no such place. */
  private @Nullable Node into(Node node, Node added) {
    List<Node> operands = new ArrayList<>(node.operands());
    for (int i = 0; i < added.operands().size(); i++) {
      int at = place(node, start(added, i), added.operand(i).shape());
      if (at < 0) {
        return null;
      }
      operands.set(at, make.node(sum, Binary.ADD, operands.get(at), added.operand(i)));
    }
    return make.with(node, operands);
  }

  /** Returns which part of a node lies at a place, or −1. */
  private static int place(Node node, List<Integer> start, Shape shape) {
    return IntStream.range(0, node.operands().size())
        .filter(i -> node.operand(i).shape().equals(shape) && start(node, i).equals(start))
        .findFirst()
        .orElse(-1);
  }

  private static List<Integer> start(Node node, int operand) {
    List<Shape> shapes = node.operands().stream().map(Node::shape).toList();
    return ((Move.Placing) node.op()).start(operand, shapes);
  }

  /** Parts that fill the sum along an axis need no zeros. */
  private @Nullable Node sideBySide() {
    for (int axis = 0; axis < sum.shape().rank(); axis++) {
      List<Node> along = along(axis);
      if (along.size() > 1 && fills(along, axis)) {
        Node[] row = along.stream().map(part -> part.operand(0)).toArray(Node[]::new);
        Node whole = make.node(sum, new Move.Concat(axis), row);
        return rebuilt(sum, along.get(0), whole, along.subList(1, along.size()));
      }
    }
    return null;
  }

  /** Returns the parts that have their zeros along one axis, in the order of their places. */
  private List<Node> along(int axis) {
    Shape folded = sum.shape().folded(axis);
    return parts.stream()
        .filter(part -> part.op() instanceof Move.Pad)
        .filter(part -> part.operand(0).shape().folded(axis).equals(folded))
        .sorted(Comparator.comparingInt(part -> start(part, 0).get(axis)))
        .toList();
  }

  private boolean fills(List<Node> along, int axis) {
    int end = 0;
    for (Node part : along) {
      if (start(part, 0).get(axis) != end) {
        return false;
      }
      end += part.operand(0).shape().get(axis);
    }
    return end == sum.shape().get(axis);
  }

  /** Returns a sum with one term replaced and others left out, or null if none is left. */
  private @Nullable Node rebuilt(Node node, Node replaced, Node by, List<Node> leftOut) {
    if (node == replaced || leftOut.contains(node)) {
      return node == replaced ? by : null;
    }
    if (!isInner(node)) {
      return node;
    }
    Node left = rebuilt(node.operand(0), replaced, by, leftOut);
    Node right = rebuilt(node.operand(1), replaced, by, leftOut);
    if (left == null) {
      return right;
    }
    return right == null ? left : make.node(node, Binary.ADD, left, right);
  }
}
