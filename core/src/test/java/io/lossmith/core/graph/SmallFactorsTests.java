package io.lossmith.core.graph;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.less;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Maps of many elements, scaled by a few numbers each. */
class SmallFactorsTests {
  private static final Shape MANY = Shape.of(2, 3, 40);
  private static final Shape FEW = Shape.of(2, 1, 1);

  private final Node x = input(0, MANY.toArray());
  private final Node y = input(1, MANY.toArray());
  private final Node s = input(2, FEW.toArray());
  private final Node t = input(3, FEW.toArray());

  /** Returns how many operations of the simplified graph are on all elements. */
  private long large(Node node) {
    List<Shape> inputs = List.of(MANY, MANY, FEW, FEW);
    Graph graph = Graph.of(inputs, List.of(node));
    Graph simple = Simplifier.simplify(graph);
    Random random = new Random(5);
    double[][] values =
        inputs.stream()
            .map(shape -> random.doubles(shape.count(), -2, 2).toArray())
            .toArray(double[][]::new);
    assertThat(ReferenceEngine.evaluate(simple, values)[0])
        .containsExactly(ReferenceEngine.evaluate(graph, values)[0], Offset.offset(1e-9));
    return simple.nodes().stream()
        .filter(n -> n.shape().equals(MANY) && !n.operands().isEmpty())
        .count();
  }

  @Test
  void mapsThatOccurTwiceAreScaledOnce() {
    assertThat(large(sub(mul(s, x), mul(t, x)))).isEqualTo(1);
    assertThat(large(add(sub(mul(s, x), mul(exp(s), y)), mul(t, x)))).isEqualTo(3);
    assertThat(large(sub(sub(mul(s, exp(y)), mul(x, t)), mul(s, x)))).isEqualTo(4);
    assertThat(large(sub(mul(s, x), sub(mul(t, x), y)))).isEqualTo(2);
    assertThat(large(sub(sub(mul(s, x), mul(t, y)), add(mul(t, x), mul(s, y))))).isEqualTo(3);
  }

  @Test
  void aNumberMultipliesTheFew() {
    assertThat(large(mul(add(mul(s, x), mul(y, t)), scalar(3)))).isEqualTo(3);
    assertThat(large(mul(scalar(3), sub(mul(s, x), t)))).isEqualTo(2);
    assertThat(large(mul(mul(add(mul(s, x), mul(y, t)), scalar(2)), sub(sigmoid(x), y))))
        .isEqualTo(6);
  }

  @Test
  void whatIsNotScaledByFewStays() {
    assertThat(large(mul(add(mul(s, x), y), scalar(3)))).isEqualTo(3);
    assertThat(large(mul(add(mul(s, x), mul(y, exp(y))), scalar(3)))).isEqualTo(5);
    Node product = mul(s, x);
    assertThat(large(where(product, sub(product, mul(t, x)), y))).isEqualTo(4);
  }

  @Test
  void aProductThatOthersReadIsScaledAsAWhole() {
    Node product = mul(s, x);
    Node sum = add(mul(product, y), mul(mul(s, scalar(3)), x)); // product·(y + 3)
    assertThat(large(where(product, sum, y))).isEqualTo(4);
  }

  @Test
  void choicesByTheSameConditionBetweenFewAreOne() {
    Node condition = less(x, y);
    assertThat(large(add(where(condition, s, t), exp(t)))).isEqualTo(2);
    assertThat(large(sub(where(condition, s, t), where(condition, t, scalar(0))))).isEqualTo(2);
    Node three = add(where(condition, s, t), where(condition, scalar(1), exp(s)));
    assertThat(large(mul(three, where(condition, scalar(0), s)))).isEqualTo(2);
    assertThat(large(add(where(condition, s, t), where(less(y, x), t, s)))).isEqualTo(5);
    Node fewer = sum(x, 0, 1);
    assertThat(large(mul(where(condition, fewer, s), where(condition, scalar(2), fewer))))
        .isEqualTo(2);
    assertThat(large(mul(where(condition, fewer, s), t))).isEqualTo(3);
    Node choice = where(condition, s, t);
    assertThat(large(add(choice, where(choice, x, where(condition, t, s))))).isEqualTo(5);
  }
}
