package io.lossmith.core.shard;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AllReduce;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns the graph of a whole batch into that of one worker, who has some of its samples. What
 * depends on samples is spread over the workers; where a fold goes over them, each folds its own
 * and an {@link AllReduce} makes the fold of all, which is the same on each from there on. Numbers
 * of the formula, such as the count that a mean divides by, stay those of the whole batch. So value
 * and gradients are what one worker would have computed of all samples, up to the rounding of sums.
 *
 * <p>Each sample is summed for itself, and so is what a convolution's weights get from it; these
 * are added in double, those of all workers, and rounded once. So how the batch is divided, also
 * among one worker, matters to a bit in rare cases only. Matrix products and sums by position over
 * samples are rounded on each worker first.
 *
 * <p>Exchanges that can take place together are one, and all are in one order, the same for each
 * worker.
 */
public final class Sharding {
  private final Graph graph;
  private final Shard shard;
  private final Set<Integer> spreadInputs;
  private final Map<Node, ShardRule> rules = new IdentityHashMap<>();
  private final Map<Node, Spread> spreads = new IdentityHashMap<>();
  private final Map<Node, Integer> rounds = new IdentityHashMap<>();
  private final Map<Node, Node> made = new IdentityHashMap<>();
  private @Nullable Node last;

  private Sharding(Graph graph, Shard shard, Set<Integer> spreadInputs) {
    this.graph = graph;
    this.shard = shard;
    this.spreadInputs = spreadInputs;
  }

  /**
   * Returns the graph of one worker.
   *
   * @param graph computes something of a whole batch
   * @throws IllegalArgumentException if the graph has no such input or output
   * @throws EngineException if an operation mixes samples other than by a fold, naming it and the
   *     user's line
   */
  public static Graph of(Graph graph, Split split) {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(split, "split");
    requireAmong("input", split.inputs(), graph.inputs().size());
    requireAmong("output", split.outputs(), graph.outputs().size());
    int batch = split.shard().batch();
    for (int input : new TreeSet<>(split.inputs())) {
      Shape shape = graph.inputs().get(input);
      if (shape.rank() == 0 || shape.get(0) != batch) {
        throw new EngineException(
            "sharding: input "
                + input
                + " is "
                + shape
                + ", must have the batch of "
                + batch
                + " samples as its first axis");
      }
    }
    return new Sharding(graph, split.shard(), split.inputs()).local(split.outputs());
  }

  private static void requireAmong(String kind, Set<Integer> numbers, int count) {
    for (int number : numbers) {
      if (number < 0 || number >= count) {
        throw new IllegalArgumentException(
            "sharding: "
                + kind
                + " "
                + number
                + " is to be divided, the graph has "
                + count
                + ", must be one of them");
      }
    }
  }

  private Graph local(Set<Integer> wanted) {
    graph.nodes().forEach(this::analyse);
    int all = rounds.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int round = 0; round <= all; round++) {
      make(round);
    }
    List<Node> outputs = new ArrayList<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Node output = graph.outputs().get(i);
      outputs.add(wanted.contains(i) ? operand(output, output, Spread.BATCH) : made.get(output));
    }
    List<Shape> shapes = new ArrayList<>(graph.inputs());
    spreadInputs.forEach(i -> shapes.set(i, Spread.BATCH.local(shapes.get(i), shard)));
    return Graph.of(shapes, outputs);
  }

  /** Finds out how a node is spread, and after how many exchanges it can be computed. */
  private void analyse(Node node) {
    int round = node.operands().stream().mapToInt(rounds::get).max().orElse(0);
    if (node.op() instanceof Leaf.Input input && spreadInputs.contains(input.index())) {
      spreads.put(node, Spread.BATCH);
    } else if (node.operands().stream().anyMatch(spreads::containsKey)) {
      ShardRule rule = rule(node);
      rules.put(node, rule);
      round += rule.joined() == null ? 0 : 1;
      if (rule.result() != null) {
        spreads.put(node, rule.result());
      }
    }
    rounds.put(node, round);
  }

  private ShardRule rule(Node node) {
    List<@Nullable Spread> given = node.operands().stream().map(spreads::get).toList();
    try {
      ShardRule rule = ShardRules.of(node, given, shard);
      for (int i = 0; i < given.size(); i++) {
        if (given.get(i) != null && !given.get(i).equals(rule.operands().get(i))) {
          throw new ShardRule.MixesSamples();
        }
      }
      return rule;
    } catch (ShardRule.MixesSamples e) {
      throw mixes(node);
    }
  }

  private static EngineException mixes(Node node) {
    String where = node.where() == null ? "" : ", built at " + node.where() + ",";
    return new EngineException(
        "sharding: "
            + node.op().label()
            + " of "
            + node.operand(0).shape()
            + where
            + " mixes samples of the batch other than by a fold, must take each for itself; work on"
            + " each sample (perImage), or compile it for one worker");
  }

  /** Makes all nodes that need so many exchanges, and the parts that the next one joins. */
  private void make(int round) {
    Map<Fold, List<Node>> joined = new EnumMap<>(Fold.class);
    Map<Node, Node> tables = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      ShardRule rule = rules.get(node);
      if (rule != null && rule.joined() != null) {
        if (rounds.get(node) == round + 1) {
          tables.put(node, table(node, rule));
          joined.computeIfAbsent(rule.joined(), fold -> new ArrayList<>()).add(node);
        }
      } else if (rounds.get(node) == round) {
        made.put(node, rule != null ? local(node, rule) : whole(node));
      }
    }
    joined.forEach((fold, nodes) -> exchange(fold, nodes, tables));
  }

  private Node whole(Node node) {
    Spread spread = spreads.get(node);
    return spread != null
        ? Node.leaf(node.op(), spread.local(node.shape(), shard))
        : node.withOperands(node.operands().stream().map(made::get).toList());
  }

  private Node local(Node node, ShardRule rule) {
    List<Node> operands = new ArrayList<>();
    for (int i = 0; i < node.operands().size(); i++) {
      operands.add(operand(node, node.operand(i), rule.operands().get(i)));
    }
    return Node.of(rule.local(), operands, node.where());
  }

  /** Returns the rows that this worker has of what is joined. */
  private Node table(Node node, ShardRule rule) {
    if (node.op() instanceof AxisFold fold && rule.joined() == Fold.SUM) {
      Node own = operand(node, node.operand(0), rule.operands().get(0));
      return SampleSums.of(fold, own, rule.operands().get(0), shard, node);
    }
    Node rows = local(node, rule);
    int numbers = node.shape().count();
    return reshaped(rows, Shape.of(numbers == 0 ? 1 : rows.shape().count() / numbers, numbers));
  }

  /** Returns an operand as a rule wants it: of what is whole a worker takes its own part. */
  private Node operand(Node user, Node operand, @Nullable Spread wanted) {
    Node own = made.get(operand);
    Spread spread = spreads.get(operand);
    if (wanted == null || wanted.equals(spread)) {
      return own;
    }
    if (spread != null) {
      throw mixes(user);
    }
    List<Integer> starts = new ArrayList<>(Collections.nCopies(own.shape().rank(), 0));
    starts.set(wanted.axis(), wanted.inner() * shard.first());
    Move.Slice slice = new Move.Slice(starts, wanted.local(own.shape(), shard));
    return Node.of(slice, List.of(own), user.where());
  }

  /** One message for all of a kind, after the one before. */
  private void exchange(Fold fold, List<Node> nodes, Map<Node, Node> tables) {
    List<Node> operands = new ArrayList<>();
    nodes.forEach(node -> operands.add(tables.get(node)));
    if (last != null) {
      operands.add(last);
    }
    Node all = Node.of(new AllReduce(fold, shard.collective()), operands, nodes.get(0).where());
    last = all;
    int from = 0;
    for (Node node : nodes) {
      int count = node.shape().count();
      Node own =
          nodes.size() == 1
              ? all
              : Node.of(new Move.Slice(List.of(from), Shape.of(count)), List.of(all), node.where());
      made.put(node, reshaped(own, node.shape()));
      from += count;
    }
  }

  private static Node reshaped(Node node, Shape shape) {
    return node.shape().equals(shape)
        ? node
        : Node.of(new Move.Reshape(shape), List.of(node), node.where());
  }
}
