package io.lossmith.core.graph;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.op.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be computed: outputs, and everything that they need, in an order in which operands
 * come first. Immutable. Inputs are arrays handed to each run; {@code Leaf.Input(i)} reads the
 * i-th.
 */
public final class Graph {
  private final List<Shape> inputs;
  private final List<Node> outputs;
  private final List<Node> nodes;

  private Graph(List<Shape> inputs, List<Node> outputs) {
    this.inputs = Elements.copyOf(inputs, "inputs");
    this.outputs = Elements.copyOf(outputs, "outputs");
    this.nodes = sorted(outputs);
  }

  /** Returns the graph of these outputs over inputs of the given shapes. */
  public static Graph of(List<Shape> inputs, List<Node> outputs) {
    return new Graph(inputs, outputs);
  }

  /** Returns the shape of each array that a run takes. */
  public List<Shape> inputs() {
    return inputs;
  }

  /** Returns what a run computes. */
  public List<Node> outputs() {
    return outputs;
  }

  /** Returns all nodes, operands before those that use them. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns the checks among the nodes. */
  public List<Node> checks() {
    return nodes.stream().filter(n -> n.op() instanceof Check).toList();
  }

  /** Returns a value that is equal for graphs that compute the same on the same constants. */
  public Object key() {
    Map<Node, Integer> position = new IdentityHashMap<>();
    List<Object> key = new ArrayList<>(nodes.size() * 3 + outputs.size() + 1);
    key.add(inputs);
    for (Node node : nodes) {
      position.put(node, position.size());
      key.add(node.op());
      key.add(node.shape());
      key.add(node.operands().stream().map(position::get).toList());
    }
    for (Node output : outputs) {
      key.add(position.get(output));
    }
    return key;
  }

  /** Returns one line for each node: its number, operation, operands and shape. */
  @Override
  public String toString() {
    Map<Node, Integer> position = new IdentityHashMap<>();
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      position.put(node, position.size());
      text.append('%').append(position.get(node)).append(" = ").append(node.op().label());
      node.operands().forEach(operand -> text.append(" %").append(position.get(operand)));
      text.append("  ").append(node.shape()).append('\n');
    }
    text.append("outputs");
    outputs.forEach(output -> text.append(" %").append(position.get(output)));
    return text.append('\n').toString();
  }

  /** Sorts without recursion: a graph may be deeper than the stack. */
  private static List<Node> sorted(List<Node> outputs) {
    List<Node> order = new ArrayList<>();
    Map<Node, Boolean> done = new IdentityHashMap<>();
    List<Node> stack = new ArrayList<>();
    for (Node output : outputs) {
      stack.add(output);
      while (!stack.isEmpty()) {
        Node node = stack.get(stack.size() - 1);
        if (done.containsKey(node)) {
          stack.remove(stack.size() - 1);
          if (!done.put(node, true)) {
            order.add(node);
          }
          continue;
        }
        done.put(node, false);
        List<Node> operands = new ArrayList<>(node.operands());
        Collections.reverse(operands);
        operands.stream().filter(n -> !done.containsKey(n)).forEach(stack::add);
      }
    }
    return List.copyOf(order);
  }
}
