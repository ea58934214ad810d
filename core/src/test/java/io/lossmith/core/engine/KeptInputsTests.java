package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Nodes;
import io.lossmith.core.op.Check;
import io.lossmith.core.op.DistanceTransform;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.WholeArrayOp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Inputs that stay the same. */
class KeptInputsTests {
  private static final Shape LINE = Shape.of(1, 1, 4);
  private static final Engine ENGINE = new ReferenceEngine();
  private static final float[] X = {1, 2, 3, 4};
  private static final float[] KEPT = {0, 1, 1, 0};

  private final Node x = Nodes.input(0, 1, 1, 4);
  private final Node kept = Nodes.input(1, 1, 1, 4);
  private final Node last = Nodes.input(2, 1, 1, 4);
  private final List<Shape> inputs = List.of(LINE, LINE, LINE);

  private static Node distance(Node of) {
    return Nodes.of(new DistanceTransform(List.of(1.0)), of);
  }

  private static float[] run(Graph graph, float[]... arrays) {
    float[] result = new float[4];
    try (Program program = ENGINE.compile(graph)) {
      program.run(arrays, new float[][] {result});
    }
    return result;
  }

  private static boolean holds(Graph graph, Class<?> op) {
    return graph.nodes().stream().anyMatch(node -> op.isInstance(node.op()));
  }

  @Test
  void whatHangsOnThemAloneIsComputedOnce() {
    Node far = Nodes.add(distance(kept), Nodes.scalar(1));
    Graph graph = Graph.of(inputs, List.of(Nodes.add(Nodes.mul(x, far), last)));
    Graph bound = KeptInputs.bind(ENGINE, graph, Map.of(1, KEPT));
    assertThat(bound.inputs()).containsExactly(LINE, LINE);
    assertThat(holds(bound, WholeArrayOp.class)).isFalse();
    float[] tens = {10, 20, 30, 40};
    assertThat(run(bound, X, tens)).containsExactly(11, 24, 36, 44);
    assertThat(run(bound, X, tens)).isEqualTo(run(graph, X, KEPT, tens));
  }

  @Test
  void whatHangsOnOthersTooIsNot() {
    Graph graph = Graph.of(inputs, List.of(Nodes.mul(distance(Nodes.mul(x, kept)), last)));
    Graph bound = KeptInputs.bind(ENGINE, graph, Map.of(1, KEPT));
    assertThat(holds(bound, WholeArrayOp.class)).isTrue();
    assertThat(run(bound, X, X)).isEqualTo(run(graph, X, KEPT, X));
  }

  @Test
  void aParameterIsNotKept() {
    float[] changing = {0, 1, 1, 0};
    Node parameter = Nodes.parameter(LINE, changing);
    Graph graph = Graph.of(inputs, List.of(Nodes.mul(x, distance(Nodes.mul(kept, parameter)))));
    Graph bound = KeptInputs.bind(ENGINE, graph, Map.of(1, KEPT));
    assertThat(run(bound, X, X)).containsExactly(0, 2, 3, 0);
    changing[1] = 0;
    assertThat(run(bound, X, X)).containsExactly(0, 0, 3, 0);
  }

  @Test
  void whatIsCheapIsComputedWhereItIsUsed() {
    Graph graph = Graph.of(inputs, List.of(Nodes.mul(x, Nodes.exp(kept))));
    Graph bound = KeptInputs.bind(ENGINE, graph, Map.of(1, KEPT));
    assertThat(bound.nodes().stream().filter(n -> n.op() instanceof Leaf.Data)).hasSize(1);
    assertThat(run(bound, X, X)).isEqualTo(run(graph, X, KEPT, X));
  }

  @Test
  void anOutputMayHangOnThemAlone() {
    Graph graph = Graph.of(inputs, List.of(distance(kept)));
    Graph bound = KeptInputs.bind(ENGINE, graph, Map.of(1, KEPT));
    assertThat(run(bound, X, X)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void theyAreCheckedOnce() {
    Graph graph = Graph.of(inputs, List.of(Nodes.mul(x, Nodes.check("target", kept, 0, 1))));
    Graph bound = KeptInputs.bind(ENGINE, graph, Map.of(1, KEPT));
    assertThat(holds(bound, Check.class)).isFalse();
    assertThat(run(bound, X, X)).containsExactly(0, 2, 3, 0);
    assertThatThrownBy(() -> KeptInputs.bind(ENGINE, graph, Map.of(1, X)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("target is 2 at [0, 0, 1]");
  }

  @Test
  void anArrayThatIsTooShortIsRefused() {
    Graph graph = Graph.of(inputs, List.of(Nodes.mul(x, kept)));
    assertThatThrownBy(() -> KeptInputs.bind(ENGINE, graph, Map.of(1, new float[3])))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "reference: kept input 1 has 3 numbers, must have at least 4 for the shape [1, 1, 4]");
  }
}
