package io.lossmith.core.engine.cpu.tile;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Unary;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is copied into a tile although it lies in an array. */
class ReadAgainTests {
  private final Node x = input(0, 3000);
  private final Node root = of(Unary.SQRT, x);

  private static long copies(int lanes, Node... outputs) {
    Graph graph = Graph.of(List.of(outputs[0].shape()), List.of(outputs));
    Step.Loop loop = (Step.Loop) Planner.plan(graph, PlanLimits.ofTiles()).steps().get(0);
    Instruction[] all = TileCompiler.compile(loop, List.of(), lanes).instructions();
    return Arrays.stream(all)
        .filter(i -> i instanceof Transfers.Load || i instanceof Transfers.Store)
        .count();
  }

  @Test
  void withoutSimdWhatIsReadTwiceIsCopiedOnce() {
    assertThat(copies(1, add(exp(x), root))).isEqualTo(1);
    assertThat(copies(1, root)).isZero();
  }

  @Test
  void soIsAResultThatIsReadBesides() {
    assertThat(copies(1, root, exp(root))).isEqualTo(1);
  }

  @Test
  void withSimdNothingIs() {
    assertThat(copies(8, add(exp(x), root))).isZero();
    assertThat(copies(8, root, exp(root))).isZero();
  }
}
