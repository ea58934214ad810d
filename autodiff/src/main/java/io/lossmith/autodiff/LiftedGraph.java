package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.shard.Sharding;
import io.lossmith.core.shard.Split;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A graph with its data taken out: each array becomes one more input, so that the same expression
 * on other data is the same graph and finds its program again. Aliases are gone: they mean
 * something to gradients only.
 */
final class LiftedGraph {
  private final Graph graph;
  private final Content content;
  private final float[][] data;
  private final boolean[] changing;

  private LiftedGraph(Graph graph, float[][] data, boolean[] changing) {
    this.graph = graph;
    this.content = new Content(graph.key());
    this.data = data;
    this.changing = changing;
  }

  /**
   * Lifts the data out of what the outputs need.
   *
   * @param who the method that asks, for the message
   * @param placeholders the inputs that may occur
   * @throws IllegalStateException if another one does: it has no value
   */
  static LiftedGraph of(
      String who, List<Shape> inputs, List<Node> outputs, Set<Node> placeholders) {
    Map<Node, Node> replaced = new IdentityHashMap<>();
    Map<Source, Node> sources = new LinkedHashMap<>();
    List<Shape> shapes = new ArrayList<>(inputs);
    for (Node node : Graph.of(inputs, outputs).nodes()) {
      Node other;
      if (node.op() instanceof Alias) {
        other = replaced.get(node.operand(0));
      } else if (node.op() instanceof Leaf.Data data) {
        other =
            sources.computeIfAbsent(
                new Source(data, node.shape()),
                source -> {
                  shapes.add(source.shape);
                  return Node.leaf(new Leaf.Input(shapes.size() - 1), source.shape);
                });
      } else if (node.op() instanceof Leaf.Input && !placeholders.contains(node)) {
        throw Trace.noValue(who, outputs.get(0), node);
      } else {
        List<Node> operands = node.operands().stream().map(replaced::get).toList();
        other = same(operands, node.operands()) ? node : node.withOperands(operands);
      }
      replaced.put(node, other);
    }
    float[][] data = sources.keySet().stream().map(s -> s.data.values()).toArray(float[][]::new);
    boolean[] changing = new boolean[data.length];
    int next = 0;
    for (Source source : sources.keySet()) {
      changing[next++] = source.data.changing();
    }
    Graph graph = Graph.of(shapes, outputs.stream().map(replaced::get).toList());
    return new LiftedGraph(graph, data, changing);
  }

  private static boolean same(List<Node> a, List<Node> b) {
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i) != b.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns this graph for one worker, who has some samples of some inputs and all of the data. */
  LiftedGraph sharded(Split split) {
    return new LiftedGraph(Sharding.of(graph, split), data, changing);
  }

  Graph graph() {
    return graph;
  }

  Content content() {
    return content;
  }

  /** Returns the arrays that were taken out; they follow the inputs that were there before. */
  float[][] data() {
    return data;
  }

  /** Returns what was taken out and never changes, by the number of its input. */
  Map<Integer, float[]> constants() {
    Map<Integer, float[]> constants = new LinkedHashMap<>();
    int first = graph.inputs().size() - data.length;
    for (int i = 0; i < data.length; i++) {
      if (!changing[i]) {
        constants.put(first + i, data[i]);
      }
    }
    return constants;
  }

  /** Returns what was taken out and may change between runs, in the order of its inputs. */
  float[][] parameters() {
    return IntStream.range(0, data.length)
        .filter(i -> changing[i])
        .mapToObj(i -> data[i])
        .toArray(float[][]::new);
  }

  /** Data is distinguished by its array, which may be read under several shapes. */
  private record Source(Leaf.Data data, Shape shape) {}

  /** A graph's key with its hash, which is long in the making. */
  static final class Content {
    private final Object key;
    private final int hash;

    private Content(Object key) {
      this.key = key;
      this.hash = key.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Content
              && hash == ((Content) other).hash
              && key.equals(((Content) other).key));
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
