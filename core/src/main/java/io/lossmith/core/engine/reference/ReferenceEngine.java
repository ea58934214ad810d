package io.lossmith.core.engine.reference;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Arguments;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The judge of all other engines: each operation's own formula in a plain loop, in double, one node
 * after the other. Slow, clear, on one thread.
 *
 * <p>Only what every engine must hold in float is rounded to it: the inputs and outputs of a run,
 * data and scalars. So a threshold of 0.3 ties with the float 0.3 here as it does elsewhere.
 */
public final class ReferenceEngine implements Engine {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String description() {
    return "plain loops over the formulas, in double, on one thread; slow, the judge of the others";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Program compile(Graph graph) {
    return new Program(name(), graph, new ReferenceProgram(graph));
  }

  /**
   * Returns the values of all outputs, in double throughout; the caller owns the arrays.
   *
   * @param graph what to compute
   * @param inputs one array for each input of the graph, at least as long as its shape asks
   * @throws IllegalArgumentException if the arrays are not as the graph asks, or break a check
   */
  public static double[][] evaluate(Graph graph, double[]... inputs) {
    Elements.require(inputs, "inputs");
    List<Shape> shapes = graph.inputs();
    Arguments.requireNumber("reference", "input", inputs.length, shapes.size());
    double[][] exact = new double[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      Arguments.requireLength("reference", "input " + i, inputs[i].length, shapes.get(i));
      exact[i] = Arrays.copyOf(inputs[i], shapes.get(i).count());
    }
    double[][] outputs = new Evaluation(graph).run(exact);
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = outputs[i].clone();
    }
    return outputs;
  }

  /**
   * Returns the values of all nodes, each rounded to float; checks are not looked at.
   *
   * @param inputs one array for each input of the graph
   */
  public static Map<Node, double[]> values(Graph graph, float[][] inputs) {
    Elements.require(inputs, "inputs");
    Arguments.requireNumber("reference", "input", inputs.length, graph.inputs().size());
    return new Evaluation(graph).all(ReferenceProgram.exact(graph, inputs));
  }
}
