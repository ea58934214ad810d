package io.lossmith.core.engine.reference;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.equal;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineContract;
import io.lossmith.core.graph.Graph;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceEngineTests extends EngineContract {
  @Override
  protected Engine engine() {
    return new ReferenceEngine();
  }

  @Test
  void evaluatingKeepsDoubles() {
    Graph graph = Graph.of(List.of(Shape.of(2)), List.of(mul(input(0, 2), input(0, 2))));
    double[] got = ReferenceEngine.evaluate(graph, new double[] {1 + 1e-12, 3})[0];
    assertThat(got).containsExactly((1 + 1e-12) * (1 + 1e-12), 9);
  }

  @Test
  void numbersOfTheGraphAreFloats() {
    Graph graph = Graph.of(List.of(Shape.of(2)), List.of(equal(input(0, 2), scalar(0.3))));
    assertThat(ReferenceEngine.evaluate(graph, new double[] {0.3f, 0.3})[0]).containsExactly(1, 0);
  }

  @Test
  void whatIsReturnedBelongsToTheCaller() {
    double[] x = {1, 2};
    Graph graph = Graph.of(List.of(Shape.of(2)), List.of(input(0, 2), input(0, 2)));
    double[][] got = ReferenceEngine.evaluate(graph, x);
    got[0][0] = 99;
    assertThat(x).containsExactly(1, 2);
    assertThat(got[1]).containsExactly(1, 2);
  }

  @Test
  void evaluatingRefusesArraysThatDoNotFit() {
    Graph graph = Graph.of(List.of(Shape.of(2)), List.of(sum(input(0, 2))));
    assertThatThrownBy(() -> ReferenceEngine.evaluate(graph, new double[1]))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("reference: input 0 has 1 numbers, must have at least 2 for the shape [2]");
    assertThatThrownBy(() -> ReferenceEngine.evaluate(graph))
        .hasMessage("reference: 0 input arrays, must be 1");
  }

  @Test
  void explainingPrintsTheGraph() {
    Graph graph = Graph.of(List.of(Shape.of(2)), List.of(add(input(0, 2), scalar(1))));
    assertThat(new ReferenceEngine().compile(graph).explain())
        .isEqualTo(
            """
            reference: plain loops in double, one operation after the other
            %0 = input 0  [2]
            %1 = 1  []
            %2 = add %0 %1  [2]
            outputs %2
            """);
  }
}
