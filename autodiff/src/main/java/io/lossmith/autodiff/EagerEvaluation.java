package io.lossmith.autodiff;

import io.lossmith.core.ShapeException;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Computes tensors when somebody reads them. */
final class EagerEvaluation {
  private static final int SHOWN = 8;

  private EagerEvaluation() {}

  static float item(Tensor x) {
    if (x.shape().count() != 1) {
      throw new ShapeException(
          "item: a tensor "
              + x.shape()
              + " has "
              + x.shape().count()
              + " elements, must have 1; read all with toArray()");
    }
    return x.node().op() instanceof Leaf.Scalar scalar
        ? (float) scalar.value()
        : values("item", x)[0];
  }

  /** Returns the numbers themselves, not a copy. */
  static float[] values(String who, Tensor x) {
    float[] held = x.held();
    if (held == null) {
      evaluate(who, x.together());
      held = x.held();
    }
    return Objects.requireNonNull(held);
  }

  /** Computes what is not there yet, in one program, and lets the tensors keep it. */
  static void evaluate(String who, List<Tensor> tensors) {
    List<Tensor> open = tensors.stream().filter(x -> x.held() == null).toList();
    List<Node> nodes = open.stream().map(Tensor::node).toList();
    LiftedGraph lifted = LiftedGraph.of(who, List.of(), nodes, Set.of());
    float[][] results = run(Engines.defaultEngine(), lifted, new float[0][]);
    for (int i = 0; i < results.length; i++) {
      Node node = nodes.get(i);
      Provenance mark = Provenance.from(Provenance.sources(List.of(node)));
      open.get(i).settle(node, mark.leaf(results[i], node.shape()));
    }
  }

  /** Runs a graph on caller's arrays and returns new ones. */
  static float[][] run(Engine engine, LiftedGraph lifted, float[][] given) {
    List<Node> outputs = lifted.graph().outputs();
    float[][] results = new float[outputs.size()][];
    for (int i = 0; i < results.length; i++) {
      results[i] = new float[outputs.get(i).shape().count()];
    }
    try (Program program = Programs.shared(engine, lifted)) {
      program.run(given, results);
    }
    return results;
  }

  static String explain(Tensor x) {
    if (x.held() != null) {
      return "a tensor " + x.shape() + " that holds its numbers: nothing will run\n";
    }
    LiftedGraph lifted = LiftedGraph.of("explain", List.of(), List.of(x.node()), Set.of());
    try (Program program = Programs.shared(Engines.defaultEngine(), lifted)) {
      return program.explain();
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
