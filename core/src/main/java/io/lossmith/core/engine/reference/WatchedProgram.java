package io.lossmith.core.engine.reference;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.ArrayCall;
import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.EngineProgram;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program that says where a NaN or an infinity in its outputs comes from. */
final class WatchedProgram implements EngineProgram {
  private final Graph graph;
  private final Program program;

  WatchedProgram(Graph graph, Program program) {
    this.graph = graph;
    this.program = program;
  }

  @Override
  public Call newCall() {
    return new ArrayCall(graph) {
      /**
       * Computes the outputs.
       *
       * @throws ArithmeticException if an output holds a NaN or an infinity; the message has the
       *     operation that made it, where, from what, and on which line of the user's
       */
      @Override
      protected void compute() {
        program.run(inputs, outputs);
        requireFinite(inputs, outputs);
      }
    };
  }

  private void requireFinite(float[][] inputs, float[][] outputs) {
    for (int i = 0; i < outputs.length; i++) {
      Shape shape = graph.outputs().get(i).shape();
      for (int at = 0; at < shape.count(); at++) {
        if (!Float.isFinite(outputs[i][at])) {
          throw new ArithmeticException(report(i, at, outputs[i][at], inputs));
        }
      }
    }
  }

  private String report(int output, int at, float number, float[][] inputs) {
    Node node = graph.outputs().get(output);
    Map<Node, double[]> values = ReferenceEngine.values(graph, inputs);
    if (firstBad(values.get(node)) < 0) {
      return "anomaly: output "
          + output
          + " is "
          + number
          + " at "
          + node.shape().index(at)
          + ", though each operation by itself stays finite in 32-bit floats";
    }
    while (true) {
      Node next = badOperand(node, values);
      if (next == null) {
        return describe(node, values);
      }
      node = next;
    }
  }

  /** Returns an operand that holds a NaN or an infinity, or null: then the node itself made it. */
  private static @Nullable Node badOperand(Node node, Map<Node, double[]> values) {
    for (Node operand : node.operands()) {
      if (firstBad(values.get(operand)) >= 0) {
        return operand;
      }
    }
    return null;
  }

  private static int firstBad(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  private static String describe(Node node, Map<Node, double[]> values) {
    double[] own = values.get(node);
    int bad = firstBad(own);
    String what =
        node.op() instanceof Leaf.Input input
            ? "input " + input.index() + ' ' + node.shape() + " is "
            : node.op().label() + ' ' + node.shape() + " gave ";
    return "anomaly: "
        + what
        + own[bad]
        + " at "
        + node.shape().index(bad)
        + operands(node, bad, values)
        + (node.where() == null ? "" : "; at " + node.where());
  }

  /** The numbers that an elementwise operation computed with. */
  private static String operands(Node node, int at, Map<Node, double[]> values) {
    List<String> numbers = new ArrayList<>();
    for (Node operand : node.operands()) {
      double[] from = values.get(operand);
      if (operand.shape().equals(node.shape())) {
        numbers.add(String.valueOf((float) from[at]));
      } else if (from.length == 1) {
        numbers.add(String.valueOf((float) from[0]));
      } else {
        double least = Arrays.stream(from).min().orElse(0);
        double greatest = Arrays.stream(from).max().orElse(0);
        numbers.add((float) least + " to " + (float) greatest);
      }
    }
    return numbers.isEmpty() ? "" : " from " + String.join(", ", numbers);
  }

  @Override
  public String explain() {
    return program.explain();
  }

  @Override
  public void close() {
    program.close();
  }
}
