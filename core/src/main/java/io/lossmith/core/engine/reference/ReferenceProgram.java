package io.lossmith.core.engine.reference;

import io.lossmith.core.engine.ArrayCall;
import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.EngineProgram;
import io.lossmith.core.graph.Graph;
import java.util.Arrays;

/** A graph and the order to compute it in; holds nothing between runs. */
final class ReferenceProgram implements EngineProgram {
  private final Graph graph;
  private final Evaluation evaluation;

  ReferenceProgram(Graph graph) {
    this.graph = graph;
    this.evaluation = new Evaluation(graph);
  }

  @Override
  public Call newCall() {
    return new ArrayCall(graph) {
      @Override
      protected void compute() {
        double[][] results = evaluation.run(exact(graph, inputs));
        for (int i = 0; i < results.length; i++) {
          for (int at = 0; at < results[i].length; at++) {
            outputs[i][at] = (float) results[i][at];
          }
        }
      }
    };
  }

  static double[][] exact(Graph graph, float[][] inputs) {
    double[][] values = new double[inputs.length][];
    for (int i = 0; i < values.length; i++) {
      float[] input = inputs[i];
      values[i] = new double[graph.inputs().get(i).count()];
      Arrays.setAll(values[i], at -> input[at]);
    }
    return values;
  }

  @Override
  public String explain() {
    return "reference: plain loops in double, one operation after the other\n" + graph;
  }
}
