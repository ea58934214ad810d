package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.graph.Graph;
import org.assertj.core.data.Offset;

/** Compares what the CPU engine makes of a graph with what the reference engine does. */
public final class AsReference {
  private AsReference() {}

  /** Fails unless every output is the reference's, for inputs from −1 to 1. */
  public static void check(Graph graph) {
    float[][] inputs =
        graph.inputs().stream().map(shape -> new float[shape.count()]).toArray(float[][]::new);
    for (int k = 0; k < inputs.length; k++) {
      for (int i = 0; i < inputs[k].length; i++) {
        inputs[k][i] = (float) Math.sin((2 * k + 1) * i + k);
      }
    }
    float[][] is = run("cpu", graph, inputs);
    float[][] must = run("reference", graph, inputs);
    for (int k = 0; k < is.length; k++) {
      for (int i = 0; i < is[k].length; i++) {
        float near = 1e-4f * (1 + Math.abs(must[k][i]));
        assertThat(is[k][i]).as("output %d at %d", k, i).isCloseTo(must[k][i], Offset.offset(near));
      }
    }
  }

  private static float[][] run(String engine, Graph graph, float[][] inputs) {
    float[][] outputs =
        graph.outputs().stream()
            .map(node -> new float[node.shape().count()])
            .toArray(float[][]::new);
    try (Program program = Engines.byName(engine).compile(graph)) {
      program.run(inputs, outputs);
    }
    return outputs;
  }
}
