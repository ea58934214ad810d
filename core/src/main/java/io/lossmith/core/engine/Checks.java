package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Check;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is said when data break a {@link Check}: the first bad value and where it stands. Engines
 * only count what breaks a check; the search is done here, for all of them.
 */
public final class Checks {
  private Checks() {}

  /**
   * Throws for the first value that is not as demanded: {@code who is VALUE at [i, j, k]; must be
   * …}.
   *
   * @param values the row-major elements of the checked operand
   */
  public static void require(Check check, Shape shape, double[] values) {
    for (int i = 0; i < shape.count(); i++) {
      if (!check.range().holds(values[i])) {
        throw new IllegalArgumentException(
            check.who()
                + " is "
                + number(values[i])
                + " at "
                + shape.index(i)
                + "; must be "
                + check.must());
      }
    }
  }

  /**
   * Searches the values of all checks, in the order of the graph, and throws for the first bad one.
   * Computes with the reference engine, so it may take a while: it is meant for a run that failed.
   * Where that finds all of them as demanded (a computed value that the engine rounded to the other
   * side of a bound) it names the checks.
   *
   * @param inputs the arrays of that run
   * @throws IllegalArgumentException always
   */
  public static void report(Graph graph, float[][] inputs) {
    List<Node> checks = graph.checks();
    List<Node> operands = checks.stream().map(node -> node.operand(0)).toList();
    float[][] outputs = new float[operands.size()][];
    Arrays.setAll(outputs, i -> new float[operands.get(i).shape().count()]);
    // Checks that stand below others are reported by this run itself.
    try (Program program =
        Engines.byName("reference").compile(Graph.of(graph.inputs(), operands))) {
      program.run(inputs, outputs);
    }
    for (int i = 0; i < outputs.length; i++) {
      Shape shape = operands.get(i).shape();
      double[] values = new double[shape.count()];
      float[] output = outputs[i];
      Arrays.setAll(values, at -> output[at]);
      require((Check) checks.get(i).op(), shape, values);
    }
    throw new IllegalArgumentException(
        unfound(checks.stream().map(node -> (Check) node.op()).toList()));
  }

  private static String unfound(List<Check> checks) {
    return checks.stream().map(Check::who).collect(Collectors.joining(" or "))
        + " has a value just outside of what is allowed; must be "
        + checks.stream().map(Check::must).collect(Collectors.joining(", or "));
  }

  /** Whole numbers without a fraction, floats as short as they can be. */
  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return (float) value == value ? Float.toString((float) value) : Double.toString(value);
  }
}
