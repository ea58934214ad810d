package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A named graph with inputs, and how near to the reference an engine must come.
 *
 * @param tolerance relative to the result, or absolute below 1
 */
public record Sample(String name, Graph graph, float[][] inputs, double tolerance) {
  /** Makes the outputs' arrays, filled with what no result may keep. */
  public float[][] outputs() {
    float[][] outputs = new float[graph.outputs().size()][];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = new float[graph.outputs().get(i).shape().count()];
      Arrays.fill(outputs[i], 12345.678f);
    }
    return outputs;
  }

  /** Returns how many numbers its nodes have. */
  public long numbers() {
    return graph.nodes().stream().mapToLong(node -> node.shape().count()).sum();
  }

  /** Runs on an engine. */
  public float[][] run(Engine engine) {
    float[][] outputs = outputs();
    try (Program program = engine.compile(graph)) {
      program.run(inputs, outputs);
    }
    return outputs;
  }

  /** Returns what the reference computes. */
  public double[][] reference() {
    double[][] exact = new double[inputs.length][];
    for (int i = 0; i < exact.length; i++) {
      float[] input = inputs[i];
      exact[i] = new double[input.length];
      Arrays.setAll(exact[i], at -> input[at]);
    }
    return ReferenceEngine.evaluate(graph, exact);
  }

  /** Fails unless these outputs are close to what the reference computes. */
  public void require(float[][] outputs) {
    double[][] want = reference();
    for (int i = 0; i < want.length; i++) {
      int output = i;
      Closeness.require(
          () -> name + ", output " + output + " " + graph.outputs().get(output).shape(),
          want[i],
          outputs[i],
          tolerance);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** Collects inputs and outputs, so that a sample is written in one statement. */
  public static final class Builder {
    private final String name;
    private final Random random;
    private final List<Shape> shapes = new ArrayList<>();
    private final List<float[]> inputs = new ArrayList<>();
    private double tolerance = 1e-5;

    /** Begins a sample; the name is the seed of its numbers. */
    public Builder(String name) {
      this.name = name;
      this.random = new Random(name.hashCode());
    }

    /** Adds an input of numbers from −2 to 2. */
    public Node floats(int... sizes) {
      float[] values = new float[Shape.of(sizes).count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 4 * random.nextFloat() - 2;
      }
      return values(values, sizes);
    }

    /** Adds an input of whole numbers from 0 to {@code classes} − 1. */
    public Node labels(int classes, int... sizes) {
      float[] values = new float[Shape.of(sizes).count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(classes);
      }
      return values(values, sizes);
    }

    /** Adds an input of these numbers. */
    public Node values(float[] values, int... sizes) {
      inputs.add(values);
      shapes.add(Shape.of(sizes));
      return Node.leaf(new Leaf.Input(inputs.size() - 1), Shape.of(sizes));
    }

    /** Sets the tolerance, 1e-5 unless set. */
    public Builder within(double tolerance) {
      this.tolerance = tolerance;
      return this;
    }

    /** Ends the sample. */
    public Sample of(Node... outputs) {
      return new Sample(
          name, Graph.of(shapes, List.of(outputs)), inputs.toArray(float[][]::new), tolerance);
    }
  }
}
