package io.lossmith.core.graph;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.concat;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.pad;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.op.Move;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Parts of a whole of [5, 3], each with zeros around it. */
class SumsOfPartsTests {
  private static final Shape WHOLE = Shape.of(5, 3);

  private final Node x = input(0, 5, 1);
  private final Node y = input(1, 5, 1);
  private final Node z = input(2, 5, 1);
  private final Node whole = input(3, WHOLE.toArray());
  private final Node row = input(4, 1, 3);

  private static Node column(Node part, int at) {
    return pad(part, List.of(0, at), List.of(0, 2 - at));
  }

  /** Returns how many paddings and rows of parts the simplified graph has. */
  private static List<Long> placings(Node node) {
    List<Shape> inputs =
        List.of(Shape.of(5, 1), Shape.of(5, 1), Shape.of(5, 1), WHOLE, Shape.of(1, 3));
    Graph graph = Graph.of(inputs, List.of(node));
    Graph simple = Simplifier.simplify(graph);
    Random random = new Random(5);
    double[][] values =
        inputs.stream()
            .map(shape -> random.doubles(shape.count(), -2, 2).toArray())
            .toArray(double[][]::new);
    assertThat(ReferenceEngine.evaluate(simple, values)[0])
        .containsExactly(ReferenceEngine.evaluate(graph, values)[0], Offset.offset(1e-12));
    return List.of(count(simple, Move.Pad.class), count(simple, Move.Concat.class));
  }

  private static long count(Graph graph, Class<?> kind) {
    return graph.nodes().stream().filter(node -> kind.isInstance(node.op())).count();
  }

  @Test
  void partsOfOnePlaceAreAddedFirst() {
    assertThat(placings(add(column(x, 1), column(y, 1)))).containsExactly(1L, 0L);
    assertThat(placings(add(add(column(x, 1), whole), column(y, 1)))).containsExactly(1L, 0L);
    assertThat(placings(add(add(column(x, 1), row), column(y, 1)))).containsExactly(1L, 0L);
  }

  @Test
  void partsThatFillTheSumAreLaidSideBySide() {
    Node all = add(column(x, 2), add(column(y, 0), column(z, 1)));
    assertThat(placings(all)).containsExactly(0L, 1L);
    assertThat(placings(add(all, whole))).containsExactly(0L, 1L);
  }

  @Test
  void moreIsAddedToPartsSideBySide() {
    Node all = add(add(column(x, 0), column(y, 1)), column(z, 2));
    Node more = add(add(all, column(exp(x), 1)), column(exp(y), 0));
    assertThat(placings(more)).containsExactly(0L, 1L);
    assertThat(placings(add(concat(1, x, y, z), concat(1, y, z, exp(x))))).containsExactly(0L, 1L);
  }

  @Test
  void othersStay() {
    assertThat(placings(add(column(x, 0), column(y, 1)))).containsExactly(2L, 0L);
    Node shared = column(x, 1);
    assertThat(placings(add(mul(shared, whole), add(shared, column(y, 1)))))
        .containsExactly(2L, 0L);
    assertThat(placings(add(add(shared, shared), column(y, 1)))).containsExactly(2L, 0L);
  }
}
