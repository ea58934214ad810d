package io.lossmith.core.shard;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.flip;
import static io.lossmith.core.graph.Nodes.fold;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.reshape;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lossmith.core.Shape;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.OpTable;
import io.lossmith.core.engine.Sample;
import io.lossmith.core.engine.Samples;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AllReduce;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What workers compute of their samples together is what one computes of all. */
class ShardingTests {
  private static final int BATCH = 6;
  private static final int MOST_NUMBERS = 200_000;
  private static final Node X = input(0, BATCH, 3, 5);
  private static final Node Y = input(1, BATCH, 3, 5);

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "reference"})
  void workersComputeWhatOneComputesOfAll(String name) {
    WorkersEngine workers = WorkersEngine.of(Engines.byName(name), 5, Integer.MAX_VALUE);
    for (Sample sample : Samples.all()) {
      if (sample.numbers() < MOST_NUMBERS) {
        sample.require(sample.run(workers));
      }
    }
    assertThat(workers.shared()).isGreaterThan(10 * workers.alone());
  }

  /** With all operands divided, and with the first only. */
  @ParameterizedTest
  @ValueSource(ints = {1, Integer.MAX_VALUE})
  void anyOperationIsThatOfTheWhole(int mostSpread) {
    WorkersEngine workers = WorkersEngine.of(Engines.byName("reference"), 5, mostSpread);
    for (OpTable.Row row : OpTable.rows()) {
      if (row.op() instanceof AllReduce) {
        continue; // of one worker's graph already
      }
      List<Node> operands = new ArrayList<>();
      for (int i = 0; i < row.shapes().size(); i++) {
        operands.add(Node.leaf(new Leaf.Input(i), row.shapes().get(i)));
      }
      Node node = Node.of(row.op(), operands, null);
      Graph graph = Graph.of(row.shapes(), List.of(node));
      Sample sample = new Sample(row.toString(), graph, row.operands(), 1e-6);
      sample.require(sample.run(workers));
    }
    assertThat(workers.shared()).isGreaterThan(workers.alone());
  }

  private static Graph local(Node... outputs) {
    Graph graph = Graph.of(List.of(X.shape(), Y.shape()), List.of(outputs));
    Shard shard = Shard.even(BATCH, LocalCollective.of(3, Duration.ZERO).get(1));
    return Sharding.of(graph, new Split(shard, Set.of(0, 1), Set.of()));
  }

  private static long exchanges(Graph graph) {
    return graph.nodes().stream().filter(node -> node.op() instanceof AllReduce).count();
  }

  @Test
  void sumsThatNeedNothingFromEachOtherAreOneMessage() {
    Node dice = div(sum(mul(X, Y), 0, 2), add(sum(X, 0, 2), sum(Y, 0, 2)));
    Graph graph = local(total(dice), total(exp(X)));
    assertThat(exchanges(graph)).isEqualTo(1);
  }

  @Test
  void aSumOfWhatNeedsASumIsASecondMessage() {
    Node centred = sub(X, fold(Fold.MAX, X, 0));
    assertThat(exchanges(local(total(exp(centred))))).isEqualTo(2);
  }

  @Test
  void whatEachSampleHasForItselfIsNotExchanged() {
    assertThat(exchanges(local(sum(mul(X, Y), 1, 2), reshape(X, BATCH * 3, 5)))).isZero();
  }

  @Test
  void aWorkerHasItsOwnSamplesOfWhatIsSpread() {
    Graph graph = local(permute(reshape(X, BATCH * 3, 5), 1, 0), sum(X, 0));
    assertThat(graph.inputs()).containsOnly(Shape.of(2, 3, 5));
    assertThat(graph.outputs().get(0).shape()).isEqualTo(Shape.of(5, 6));
    assertThat(graph.outputs().get(1).shape()).isEqualTo(Shape.of(1, 3, 5));
  }

  static Stream<Arguments> mixing() {
    return Stream.of(
        Arguments.of("flip [0]", flip(X, 0)),
        Arguments.of("argsort 0", of(new ArgSort(0, false), X)),
        Arguments.of("cumulative sum 0", of(new CumulativeSum(0, false, false), X)),
        Arguments.of("reshape", reshape(X, 9, 10)),
        Arguments.of("reshape", reshape(permute(X, 1, 0, 2), 18, 5)),
        Arguments.of("subtract", sub(reshape(X, BATCH, 1, 15), reshape(Y, 1, BATCH, 15))));
  }

  @ParameterizedTest
  @MethodSource("mixing")
  void whatMixesSamplesIsRefusedByName(String label, Node node) {
    assertThatThrownBy(() -> local(node))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("sharding: " + label + " of [")
        .hasMessageContaining(" mixes samples of the batch other than by a fold")
        .hasMessageEndingWith("work on each sample (perImage), or compile it for one worker");
  }

  @Test
  void anInputWithoutTheBatchIsRefused() {
    Graph graph = Graph.of(List.of(Shape.of(5, 2)), List.of(total(input(0, 5, 2))));
    Shard shard = Shard.even(BATCH, LocalCollective.of(1, Duration.ZERO).get(0));
    assertThatThrownBy(() -> Sharding.of(graph, new Split(shard, Set.of(0), Set.of())))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "sharding: input 0 is [5, 2], must have the batch of 6 samples as its first axis");
  }

  @Test
  void sharesAreAsEvenAsTheyCanBe() {
    assertThat(LocalCollective.of(4, Duration.ZERO).stream().map(own -> Shard.even(BATCH, own)))
        .extracting(Shard::first, Shard::samples)
        .containsExactly(tuple(0, 2), tuple(2, 2), tuple(4, 1), tuple(5, 1));
    assertThatThrownBy(() -> new Shard(5, 2, BATCH, LocalCollective.of(1, Duration.ZERO).get(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shard: samples 5..6 of a batch of 6, must lie within it");
  }
}
