package io.lossmith.core.graph;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.broadcast;
import static io.lossmith.core.graph.Nodes.check;
import static io.lossmith.core.graph.Nodes.data;
import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.flip;
import static io.lossmith.core.graph.Nodes.fold;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.iota;
import static io.lossmith.core.graph.Nodes.less;
import static io.lossmith.core.graph.Nodes.log;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.neg;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.pad;
import static io.lossmith.core.graph.Nodes.parameter;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.pow;
import static io.lossmith.core.graph.Nodes.reshape;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.slice;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Unary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What each rule does, and what it must leave alone. */
class SimplifierTests {
  private final Node x = input(0, 2, 3, 4);
  private final Node y = input(1, 2, 3, 4);
  private final Node row = input(2, 4);
  private final Node one = input(3);

  private Graph simplified(Node... outputs) {
    List<Shape> inputs = List.of(x.shape(), y.shape(), row.shape(), one.shape());
    Graph graph = Graph.of(inputs, List.of(outputs));
    Graph simple = Simplifier.simplify(graph);
    assertThat(simple.outputs().stream().map(Node::shape))
        .isEqualTo(List.of(outputs).stream().map(Node::shape).toList());
    double[][] values = inputs.stream().map(SimplifierTests::numbers).toArray(double[][]::new);
    double[][] want = ReferenceEngine.evaluate(graph, values);
    double[][] got = ReferenceEngine.evaluate(simple, values);
    for (int i = 0; i < want.length; i++) {
      assertThat(got[i]).containsExactly(want[i], Offset.offset(1e-6));
    }
    return simple;
  }

  /** All different, in 0..1, so that the checks hold and mistaken places show. */
  private static double[] numbers(Shape shape) {
    double[] numbers = new double[shape.count()];
    Arrays.setAll(numbers, i -> 0.1 + 0.8 * ((i * 7 + 3) % 25) / 25 + 0.01 * shape.rank());
    return numbers;
  }

  /** Writes a node as a formula of x, y, row and one. */
  private static String formula(Node node) {
    if (node.op() instanceof Leaf.Input input) {
      return List.of("x", "y", "row", "one").get(input.index());
    }
    return node.operands().isEmpty()
        ? node.op().label()
        : node.op().label()
            + node.operands().stream()
                .map(SimplifierTests::formula)
                .collect(Collectors.joining(", ", "(", ")"));
  }

  private void assertBecomes(Node node, String formula) {
    assertThat(formula(simplified(node).outputs().get(0))).isEqualTo(formula);
  }

  private void assertStays(Node node) {
    assertBecomes(node, formula(node));
  }

  @Test
  void numbersAreFolded() {
    assertBecomes(add(scalar(2), mul(scalar(3), exp(scalar(0)))), "5");
    assertBecomes(mul(x, add(scalar(1), scalar(2))), "multiply(x, 3)");
    assertBecomes(where(scalar(1), x, y), "x");
    assertBecomes(where(scalar(0), x, y), "y");
  }

  @Test
  void whatIsChosenAlreadyIsNotChosenAgain() {
    Node c = less(x, y);
    assertBecomes(where(c, where(c, x, exp(y)), y), "where(less(x, y), x, y)");
    assertBecomes(where(c, exp(x), where(c, x, y)), "where(less(x, y), exp(x), y)");
    assertBecomes(where(c, where(c, x, scalar(0)), x), "x");
    Node other = where(less(y, x), x, exp(y));
    assertStays(where(c, other, y));
    Node notBelow0 = of(Binary.LESS_EQUAL, scalar(0), x);
    assertBecomes(where(notBelow0, scalar(0), x), "minimum(x, 0)");
    assertStays(where(notBelow0, scalar(0), y));
    assertStays(where(notBelow0, scalar(1), x));
  }

  @Test
  void halvesOfAChoiceAreOneChoice() {
    Node c = less(x, y);
    Node zero = scalar(0);
    assertBecomes(add(where(c, exp(x), zero), where(c, zero, y)), "where(less(x, y), exp(x), y)");
    assertBecomes(add(where(c, zero, x), where(c, x, zero)), "x");
    assertStays(add(where(c, x, zero), where(c, y, zero)));
    assertStays(add(where(c, x, zero), where(less(y, x), zero, y)));
  }

  @Test
  void neutralNumbersVanish() {
    assertBecomes(mul(x, scalar(1)), "x");
    assertBecomes(mul(scalar(1), x), "x");
    assertBecomes(div(x, scalar(1)), "x");
    assertBecomes(add(x, scalar(0)), "x");
    assertBecomes(add(scalar(0), x), "x");
    assertBecomes(sub(x, scalar(0)), "x");
    assertBecomes(sub(scalar(0), x), "negate(x)");
    assertBecomes(mul(x, scalar(-1)), "negate(x)");
    assertBecomes(mul(x, broadcast(scalar(1), 2, 3, 4)), "x");
    assertBecomes(mul(row, broadcast(scalar(1), 2, 3, 4)), "broadcast(row)");
  }

  @Test
  void nothingIsAssumedOfNaN() {
    assertStays(mul(x, scalar(0)));
    assertStays(sub(x, x));
    assertStays(div(x, x));
    assertStays(of(Binary.EQUAL, x, x));
    assertStays(pow(x, 0.5));
    assertStays(div(x, scalar(3)));
    assertStays(sub(add(x, scalar(1)), scalar(1)));
  }

  @Test
  void negationsMeet() {
    assertBecomes(neg(neg(x)), "x");
    assertBecomes(add(x, neg(y)), "subtract(x, y)");
    assertBecomes(add(neg(x), y), "subtract(y, x)");
    assertBecomes(sub(x, neg(y)), "add(x, y)");
    assertBecomes(neg(sub(x, y)), "subtract(y, x)");
    assertBecomes(mul(neg(x), neg(y)), "multiply(x, y)");
    assertBecomes(div(neg(x), neg(y)), "divide(x, y)");
    assertBecomes(mul(neg(x), scalar(3)), "multiply(x, -3)");
    assertBecomes(neg(mul(x, scalar(3))), "multiply(x, -3)");
    assertBecomes(neg(div(x, scalar(3))), "divide(x, -3)");
    assertBecomes(of(Unary.SQUARE, neg(x)), "square(x)");
    assertBecomes(of(Unary.ABS, neg(x)), "abs(x)");
  }

  @Test
  void numbersAreGathered() {
    assertBecomes(mul(mul(x, scalar(3)), scalar(5)), "multiply(x, 15)");
    assertBecomes(div(mul(x, scalar(3)), scalar(6)), "multiply(x, 0.5)");
    assertBecomes(div(x, scalar(4)), "multiply(x, 0.25)");
    assertBecomes(mul(x, x), "square(x)");
    assertBecomes(div(scalar(1), x), "reciprocal(x)");
    assertBecomes(mul(x, of(Unary.RECIPROCAL, y)), "divide(x, y)");
    assertBecomes(mul(scalar(3), of(Unary.RECIPROCAL, y)), "divide(3, y)");
    assertStays(mul(x, of(Unary.RECIPROCAL, row))); // few reciprocals, many products
    assertStays(mul(mul(x, scalar(1e-30)), scalar(1e-30)));
  }

  @Test
  void commonFactorsAreTakenOut() {
    assertBecomes(add(mul(x, row), mul(row, y)), "multiply(add(x, y), row)");
    assertBecomes(sub(mul(x, row), mul(y, row)), "multiply(subtract(x, y), row)");
    assertBecomes(add(mul(x, scalar(0.5)), mul(y, scalar(-0.5))), "multiply(subtract(x, y), 0.5)");
    assertBecomes(sub(mul(x, scalar(0.5)), mul(y, scalar(-0.5))), "multiply(add(x, y), 0.5)");
    assertStays(add(mul(x, scalar(0.5)), mul(y, scalar(0.25))));
    Node product = mul(x, row);
    assertThat(formula(simplified(product, add(product, mul(row, y))).outputs().get(1)))
        .isEqualTo("add(multiply(x, row), multiply(row, y))");
  }

  @Test
  void powersBecomeProducts() {
    assertBecomes(pow(x, 0), "broadcast(1)");
    assertBecomes(pow(x, 1), "x");
    assertBecomes(pow(x, 2), "square(x)");
    assertBecomes(pow(x, 3), "multiply(x, square(x))");
    assertBecomes(pow(x, -1), "reciprocal(x)");
    assertBecomes(pow(exp(x), 0.5), "sqrt(exp(x))");
    assertStays(pow(x, 0.75));
  }

  @Test
  void aliasesVanish() {
    assertBecomes(exp(of(new Alias("stop"), of(new Alias("other"), x))), "exp(x)");
    assertBecomes(of(new Alias("rule"), x, y), "x");
  }

  @Test
  void equalNodesAreOne() {
    Graph simple = simplified(add(exp(sub(x, y)), log(exp(sub(x, y)))), mul(y, x), mul(x, y));
    assertThat(simple.nodes()).hasSize(2 + 4 + 1);
    assertThat(simple.outputs().get(1)).isSameAs(simple.outputs().get(2));
    float[] same = {1, 2, 3, 4};
    assertThat(simplified(add(data(row.shape(), same), data(row.shape(), same))).nodes())
        .hasSize(2);
    assertThat(
            simplified(add(parameter(row.shape(), 1, 2, 3, 4), parameter(row.shape(), 1, 2, 3, 4)))
                .nodes())
        .hasSize(3);
  }

  @Test
  void broadcastsRise() {
    assertBecomes(add(x, broadcast(row, 2, 3, 4)), "add(x, row)");
    assertBecomes(exp(broadcast(row, 2, 3, 4)), "broadcast(exp(row))");
    assertBecomes(
        mul(broadcast(one, 2, 3, 4), broadcast(row, 2, 3, 4)), "broadcast(multiply(one, row))");
    assertBecomes(broadcast(broadcast(row, 3, 4), 2, 3, 4), "broadcast(row)");
    assertBecomes(broadcast(row, 1, 4), "reshape(row)");
    assertBecomes(mul(x, reshape(one, 1, 1, 1)), "multiply(x, one)");
    assertBecomes(mul(x, reshape(row, 1, 1, 4)), "multiply(x, row)");
  }

  @Test
  void reshapesMeetAndSink() {
    assertBecomes(reshape(reshape(x, 6, 4), 2, 3, 4), "x");
    assertBecomes(reshape(reshape(x, 6, 4), 24), "reshape(x)");
    assertBecomes(reshape(exp(mul(x, y)), 24), "exp(multiply(reshape(x), reshape(y)))");
    assertBecomes(reshape(mul(x, one), 24), "multiply(reshape(x), one)");
    assertBecomes(reshape(mul(x, row), 24), "reshape(multiply(x, row))");
    assertBecomes(reshape(mul(x, row), 2, 1, 3, 4), "multiply(reshape(x), row)");
    assertBecomes(reshape(add(x, iota(3, 1, 3)), 2, 3, 1, 4), "add(reshape(x), iota 1)");
    assertBecomes(reshape(iota(2, 1, 5), 5, 1, 1), "iota 0");
    assertBecomes(reshape(broadcast(one, 2, 3, 4), 24), "broadcast(one)");
  }

  @Test
  void whatIsNeededAsItIsIsNotReshapedBefore() {
    Node e = exp(x);
    Graph simple = simplified(e, reshape(e, 24));
    assertThat(formula(simple.outputs().get(1))).isEqualTo("reshape(exp(x))");
  }

  @Test
  void movesMeet() {
    assertBecomes(permute(permute(x, 2, 0, 1), 1, 2, 0), "x");
    assertBecomes(permute(permute(x, 2, 0, 1), 2, 0, 1), "permute [1, 2, 0](x)");
    assertBecomes(permute(reshape(row, 1, 4), 1, 0), "reshape(row)");
    assertBecomes(flip(flip(x, 0, 1), 1, 2), "flip [0, 2](x)");
    assertBecomes(flip(flip(x, 1), 1), "x");
    assertBecomes(flip(reshape(row, 1, 4), 0), "reshape(row)");
    assertBecomes(slice(slice(x, 2, 1, 4), 2, 1, 2), "slice [0, 0, 2](x)");
    assertBecomes(slice(x, 2, 0, 4), "x");
    Node padded = pad(row, List.of(2), List.of(3));
    assertBecomes(slice(padded, 0, 2, 6), "row");
    assertBecomes(slice(padded, 0, 3, 5), "slice [1](row)");
    assertBecomes(slice(padded, 0, 1, 5), "slice [1](pad [2] [3](row))");
    assertBecomes(pad(padded, List.of(1), List.of(0)), "pad [3] [3](row)");
    assertBecomes(pad(row, List.of(0), List.of(0)), "row");
  }

  @Test
  void foldsShrink() {
    assertBecomes(sum(reshape(row, 1, 4), 0), "reshape(row)");
    assertBecomes(sum(sum(x, 1), 2), "sum [1, 2](x)");
    assertBecomes(max(max(x, 2), 0, 1), "max [0, 1, 2](x)");
    assertBecomes(sum(max(x, 2), 1), "sum [1](max [2](x))");
    assertBecomes(sum(broadcast(scalar(2), 5, 6)), "broadcast(60)");
    assertBecomes(sum(broadcast(row, 2, 3, 4), 0, 1), "multiply(reshape(row), 6)");
    assertBecomes(fold(Fold.MAX, broadcast(row, 2, 3, 4), 0, 2), "broadcast(max [0](row))");
    assertBecomes(sum(permute(x, 2, 0, 1), 1), "permute [2, 0, 1](sum [0](x))");
    assertBecomes(sum(flip(x, 1, 2), 1, 2), "sum [1, 2](x)");
    assertBecomes(sum(reshape(x, 24)), "reshape(sum [0, 1, 2](x))");
    assertBecomes(sum(reshape(x, 2, 12), 1), "reshape(sum [1, 2](x))");
    assertBecomes(sum(reshape(x, 3, 8), 1), "sum [1](reshape(x))");
  }

  @Test
  void factorsLeaveSums() {
    assertBecomes(sum(neg(x), 1), "negate(sum [1](x))");
    assertBecomes(sum(mul(x, scalar(3))), "multiply(sum [0, 1, 2](x), 3)");
    assertBecomes(sum(mul(x, row), 0, 1), "multiply(sum [0, 1](x), row)");
    assertBecomes(sum(mul(mul(x, row), y), 1), "multiply(sum [1](multiply(x, y)), row)");
    assertBecomes(sum(div(mul(x, y), row), 1), "divide(sum [1](multiply(x, y)), row)");
    assertBecomes(sum(mul(x, neg(y)), 1), "negate(sum [1](multiply(x, y)))");
    assertStays(sum(mul(x, row), 2));
    assertStays(sum(add(x, row), 1));
    assertStays(fold(Fold.MAX, mul(x, row), 1));
  }

  @Test
  void commonFactorsAreFoundAcrossASum() {
    assertBecomes(
        add(mul(x, y), add(exp(x), mul(x, sigmoid(y)))),
        "add(multiply(add(y, sigmoid(y)), x), exp(x))");
    assertBecomes(
        add(add(mul(sigmoid(y), x), exp(x)), mul(x, y)),
        "add(multiply(add(y, sigmoid(y)), x), exp(x))");
    assertStays(add(mul(x, y), add(exp(x), mul(exp(y), sigmoid(y)))));
  }

  @Test
  void aProductThatIsThereIsUsedAgain() {
    Node scaled = mul(mul(row, scalar(3)), x);
    Graph graph = simplified(mul(x, row), scaled);
    assertThat(formula(graph.outputs().get(1))).isEqualTo("multiply(multiply(x, row), 3)");
    assertStays(scaled);
  }

  /** A large y would swallow the 2, which x − y need not. */
  @Test
  void nothingIsAddedBeforeADifferenceIsTaken() {
    assertStays(add(sub(x, row), scalar(2)));
    assertStays(add(add(x, row), scalar(2)));
  }

  @Test
  void whatDependsOnAChoiceBetweenLittleIsChosenItself() {
    Node choice = where(less(x, y), one, scalar(3));
    assertBecomes(exp(choice), "where(less(x, y), exp(one), 20.085537)");
    assertBecomes(sub(choice, one), "where(less(x, y), subtract(one, one), subtract(3, one))");
    assertStays(mul(choice, x));
    assertStays(exp(where(less(x, y), x, scalar(3))));
  }

  @Test
  void aProductThatIsNeededAnywayKeepsItsFactor() {
    Node product = mul(x, row);
    Graph simple = simplified(product, sum(product, 1));
    assertThat(formula(simple.outputs().get(1))).isEqualTo("sum [1](multiply(x, row))");
  }

  @Test
  void checksStay() {
    Node checked = check("x", x, 0, 1);
    assertThat(simplified(mul(checked, scalar(1))).checks()).hasSize(1);
    assertThat(simplified(pow(checked, 0)).checks()).hasSize(1);
    assertThat(simplified(where(scalar(0), checked, y)).checks()).hasSize(1);
    assertThat(simplified(where(checked, y, y)).checks()).hasSize(1);
    assertThat(simplified(add(checked, check("x", x, 0, 1))).checks()).hasSize(1);
    assertThat(simplified(add(checked, check("y", x, 0, 1))).checks()).hasSize(2);
  }

  @Test
  void outputsKeepTheirOrder() {
    Graph simple = simplified(exp(x), x, mul(exp(x), scalar(1)), row, scalar(2));
    assertThat(simple.outputs().stream().map(SimplifierTests::formula))
        .containsExactly("exp(x)", "x", "exp(x)", "row", "2");
    assertThat(simple.inputs()).hasSize(4);
  }

  @Test
  void theUsersLineIsKept() {
    StackTraceElement line = new StackTraceElement("Mine", "loss", "Mine.java", 7);
    Node difference =
        Node.of(Binary.ADD, List.of(x, Node.of(Unary.NEGATE, List.of(y), null)), line);
    assertThat(simplified(sigmoid(difference)).nodes().stream().map(Node::where)).contains(line);
  }

  @Test
  void deepGraphsAreSimplifiedToo() {
    Node deep = x;
    for (int i = 0; i < 5000; i++) {
      deep = neg(add(deep, scalar(0)));
    }
    assertBecomes(deep, "x");
    Node chain = x;
    for (int i = 0; i < 1000; i++) {
      chain = sigmoid(mul(chain, y));
    }
    Graph simple = simplified(reshape(chain, 24));
    assertThat(simple.nodes().stream().map(n -> n.op().label()).filter("reshape"::equals))
        .hasSize(2);
    assertThat(simple.nodes()).hasSize(2004);
  }
}
