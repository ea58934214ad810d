package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Simplifier;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.WholeArrayOp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Graphs of which some inputs are the same arrays in every run. These become data of the graph,
 * which an engine may bring to its device once. What depends on nothing else and is expensive, that
 * is, has a whole-array operation behind it, is computed once, by the same engine, and becomes data
 * as well; checks of nothing else are made once.
 */
public final class KeptInputs {
  private final Engine engine;
  private final Graph graph;

  /** Nodes that depend on kept inputs and constants only, and whether they are expensive. */
  private final Map<Node, Boolean> fixed = new IdentityHashMap<>();

  private KeptInputs(Engine engine, Graph graph) {
    this.engine = engine;
    this.graph = graph;
    for (Node node : graph.nodes()) {
      List<Node> operands = node.operands();
      boolean constant =
          operands.isEmpty()
              ? isConstant(node.op())
              : operands.stream().allMatch(fixed::containsKey);
      if (constant) {
        boolean expensive =
            node.op() instanceof WholeArrayOp || operands.stream().anyMatch(fixed::get);
        fixed.put(node, expensive);
      }
    }
  }

  private static boolean isConstant(Op op) {
    return op instanceof Leaf leaf && leaf.isConstant();
  }

  /**
   * Returns the graph with some inputs kept. Computes at once what depends on them alone.
   *
   * @param kept for the numbers of inputs the arrays that they are from now on; nobody may write to
   *     them any more
   * @return a graph of the other inputs, in their order
   * @throws IllegalArgumentException if an array is too short, or breaks a check
   * @throws EngineException if the engine cannot run what is computed once
   */
  public static Graph bind(Engine engine, Graph graph, Map<Integer, float[]> kept) {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(kept, "kept");
    kept.forEach(
        (input, data) ->
            Arguments.requireLength(
                engine.name(), "kept input " + input, data.length, graph.inputs().get(input)));
    Graph bound = Simplifier.simplify(bound(graph, kept));
    return new KeptInputs(engine, bound).remaining();
  }

  /** Returns the graph with data in place of inputs; the others move up. */
  private static Graph bound(Graph graph, Map<Integer, float[]> kept) {
    List<Shape> shapes = new ArrayList<>();
    int[] moved = new int[graph.inputs().size()];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = shapes.size();
      if (!kept.containsKey(i)) {
        shapes.add(graph.inputs().get(i));
      }
    }
    Map<Node, Node> replaced = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Input input) {
        float[] data = kept.get(input.index());
        Leaf leaf =
            data == null ? new Leaf.Input(moved[input.index()]) : new Leaf.Data(data, false);
        replaced.put(node, Node.leaf(leaf, node.shape()));
      }
    }
    return rebuilt(graph, shapes, replaced, Set.of());
  }

  private Graph remaining() {
    Set<Node> ends = ends();
    List<Node> checks =
        graph.checks().stream().filter(fixed::containsKey).map(KeptInputs::watched).toList();
    List<Node> outputs = new ArrayList<>(ends);
    outputs.addAll(checks);
    if (outputs.isEmpty()) {
      return graph;
    }
    float[][] results = new float[outputs.size()][];
    for (int i = 0; i < results.length; i++) {
      results[i] = new float[outputs.get(i).shape().count()];
    }
    try (Program once = engine.compile(Graph.of(List.of(), outputs))) {
      once.run(new float[0][], results);
    }
    Map<Node, Node> replaced = new IdentityHashMap<>();
    for (int i = 0; i < ends.size(); i++) {
      Node end = outputs.get(i);
      replaced.put(end, Node.leaf(new Leaf.Data(results[i], false), end.shape()));
    }
    return rebuilt(graph, graph.inputs(), replaced, fixed.keySet());
  }

  /** Returns the expensive fixed nodes that something else reads. */
  private Set<Node> ends() {
    Set<Node> ends = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : graph.nodes()) {
      if (!fixed.containsKey(node)) {
        node.operands().stream().filter(this::isDear).forEach(ends::add);
      }
    }
    graph.outputs().stream().filter(this::isDear).forEach(ends::add);
    return ends;
  }

  private boolean isDear(Node node) {
    return Boolean.TRUE.equals(fixed.get(node));
  }

  /** A number of its values keeps a check in a graph. */
  private static Node watched(Node check) {
    List<Integer> all = IntStream.range(0, check.shape().rank()).boxed().toList();
    return all.isEmpty()
        ? check
        : Node.of(new AxisFold(Fold.MAX, all), List.of(check), check.where());
  }

  /** Returns the graph with nodes replaced, and without the checks that have been made. */
  private static Graph rebuilt(
      Graph graph, List<Shape> shapes, Map<Node, Node> replaced, Set<Node> checked) {
    for (Node node : graph.nodes()) {
      if (!replaced.containsKey(node)) {
        List<Node> operands = node.operands().stream().map(replaced::get).toList();
        boolean made = node.op() instanceof Check && checked.contains(node);
        replaced.put(node, made ? operands.get(0) : node.withOperands(operands));
      }
    }
    return Graph.of(shapes, graph.outputs().stream().map(replaced::get).toList());
  }
}
