package io.lossmith.autodiff;

import io.lossmith.core.ShapeException;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Computes tensors when somebody reads them. */
final class Evaluation {
  private static final int SHOWN = 8;

  private Evaluation() {}

  static float item(Tensor x) {
    if (x.shape().count() != 1) {
      throw new ShapeException(
          "item: a tensor "
              + x.shape()
              + " has "
              + x.shape().count()
              + " elements, must have 1; read all with toArray().");
    }
    return x.node().op() instanceof Leaf.Scalar scalar
        ? (float) scalar.value()
        : values("item", x)[0];
  }

  /** Returns the numbers themselves, not a copy. */
  static float[] values(String who, Tensor x) {
    float[] held = x.held();
    return held != null ? held : evaluate(who, List.of(x))[0];
  }

  /** Computes what is not there yet, in one program, and lets the tensors keep it. */
  static float[][] evaluate(String who, List<Tensor> tensors) {
    List<Node> nodes = tensors.stream().map(Tensor::node).toList();
    requireValues(who, nodes);
    Lifted lifted = Lifted.of(List.of(), nodes, Set.of());
    float[][] results = run(Engines.defaultEngine(), lifted, new float[0][]);
    for (int i = 0; i < results.length; i++) {
      Tensor x = tensors.get(i);
      if (x.held() == null) {
        x.settle(Evaluated.leaf(results[i], nodes.get(i), Evaluated.sources(List.of(nodes.get(i)))));
      }
    }
    return results;
  }

  /** Runs a graph on caller's arrays and returns new ones. */
  static float[][] run(Engine engine, Lifted lifted, float[][] given) {
    List<Node> outputs = lifted.graph().outputs();
    float[][] results = new float[outputs.size()][];
    for (int i = 0; i < results.length; i++) {
      results[i] = new float[outputs.get(i).shape().count()];
    }
    Programs.Entry entry = Programs.acquire(engine, lifted);
    try {
      entry.program().run(lifted.inputs(given), results);
    } finally {
      entry.release();
    }
    return results;
  }

  /** What depends on a placeholder has no value. */
  private static void requireValues(String who, List<Node> nodes) {
    for (Node node : Graph.of(List.of(), nodes).nodes()) {
      if (node.op() instanceof Leaf.Input) {
        throw new IllegalStateException(
            who
                + ": a tensor "
                + nodes.get(0).shape()
                + " has no value while a function is traced; at "
                + Trace.userLine()
                + "; use tensor operations such as where instead of reading values.");
      }
    }
  }

  static String explain(Tensor x) {
    if (x.held() != null) {
      return "A tensor " + x.shape() + " that holds its numbers: nothing will run.\n";
    }
    requireValues("explain", List.of(x.node()));
    Lifted lifted = Lifted.of(List.of(), List.of(x.node()), Set.of());
    Programs.Entry entry = Programs.acquire(Engines.defaultEngine(), lifted);
    try {
      return entry.program().explain();
    } finally {
      entry.release();
    }
  }

  static String describe(Tensor x) {
    float[] held = x.held();
    if (held == null) {
      return "Tensor " + x.shape() + " of " + x.node().op().label();
    }
    String first = Arrays.toString(Arrays.copyOf(held, Math.min(held.length, SHOWN)));
    return "Tensor "
        + x.shape()
        + " "
        + (held.length > SHOWN ? first.substring(0, first.length() - 1) + ", ...]" : first);
  }
}
