package io.lossmith.core.graph;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.check;
import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.flip;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.log;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.reshape;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.op.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** Which choices decide nothing, and which do. */
class RepeatedChoicesTests {
  private final Node zero = scalar(0);
  private final Node x = input(0, 3, 4);
  private final Node each = input(1, 3, 4);
  private final Node row = input(2, 1, 4);
  private final Node all = input(3, 1, 1);

  private List<Shape> shapes() {
    return List.of(x.shape(), each.shape(), row.shape(), all.shape());
  }

  private long choicesLeft(Node... outputs) {
    return RepeatedChoices.leaveOut(Graph.of(shapes(), List.of(outputs))).nodes().stream()
        .filter(node -> node.op() instanceof Where)
        .count();
  }

  @Test
  void whatIsChosenAgainIsNotChosenBefore() {
    assertThat(choicesLeft(where(each, exp(where(each, x, zero)), zero))).isEqualTo(1);
    assertThat(choicesLeft(where(each, exp(where(each, zero, x)), zero))).isEqualTo(1);
    assertThat(choicesLeft(where(each, zero, exp(where(each, zero, x))))).isEqualTo(1);
    assertThat(choicesLeft(where(row, exp(where(row, x, zero)), zero))).isEqualTo(1);
  }

  @Test
  void oneConditionForAllReachesThroughFoldsAndMoves() {
    Node folded = sum(where(all, x, zero), 0, 1);
    assertThat(choicesLeft(where(all, log(folded), zero))).isEqualTo(1);
    Node moved = reshape(where(all, x, zero), 12, 1);
    assertThat(choicesLeft(where(all, moved, zero))).isEqualTo(1);
    Node renamed = reshape(all, 1);
    assertThat(choicesLeft(where(all, exp(where(renamed, x, zero)), zero))).isEqualTo(1);
  }

  @Test
  void whatAnotherPlaceSeesIsChosen() {
    Node inner = where(each, x, zero);
    assertThat(choicesLeft(where(each, exp(inner), zero), inner)).isEqualTo(2);
    assertThat(choicesLeft(where(each, exp(inner), inner))).isEqualTo(2);
  }

  @Test
  void conditionsOfPlacesStayWhereTheyAre() {
    Node inner = where(each, x, zero);
    assertThat(choicesLeft(where(each, sum(inner, 0), zero))).as("fold").isEqualTo(2);
    Node flipped = flip(inner, 0);
    assertThat(choicesLeft(where(each, flipped, zero))).as("move").isEqualTo(2);
    Node small = where(row, row, zero);
    assertThat(choicesLeft(where(each, add(x, small), zero))).as("other").isEqualTo(2);
    Node repeated = where(all, row, zero);
    assertThat(choicesLeft(where(all, add(x, repeated), zero))).as("same for all").isEqualTo(1);
  }

  /** The check sees zeros where nothing is chosen, and must go on seeing them. */
  @Test
  void checksSeeWhatTheySaw() {
    Node checked = check("c", where(each, x, zero), 0, 9);
    assertThat(choicesLeft(where(each, exp(checked), zero))).isEqualTo(2);
    Node other = where(each, x, check("c", x, 0, 9));
    assertThat(choicesLeft(where(each, exp(other), zero))).as("a check would be lost").isEqualTo(2);
  }

  @Test
  void twoConditionsInOneAreBothKnown() {
    Node both = where(row, all, zero);
    Node inner = mul(where(all, x, zero), where(row, x, zero));
    assertThat(choicesLeft(where(both, inner, zero))).isEqualTo(2);
  }

  @Test
  void twoChoicesAmongManyElementsAreOneByBothConditions() {
    Node two = where(row, where(all, exp(x), zero), zero);
    Graph simple = Simplifier.simplify(Graph.of(shapes(), List.of(two)));
    Node outer = simple.outputs().get(0);
    assertThat(outer.operand(0).op()).isEqualTo(Where.WHERE);
    assertThat(outer.operand(0).shape()).isEqualTo(Shape.of(1, 4));
    assertThat(outer.operand(1).operand(0)).isEqualTo(x);
    Node full = where(each, where(row, exp(x), zero), zero);
    Graph as = Simplifier.simplify(Graph.of(shapes(), List.of(full)));
    assertThat(as.outputs().get(0).operand(1).op()).as("nothing gained").isEqualTo(Where.WHERE);
  }

  /** Nothing that is seen has other bits: not even NaN goes where it was not. */
  @Property(tries = 3000)
  void noBitChanges(@ForAll long seed) {
    Random random = new Random(seed);
    List<Node> pool = new ArrayList<>(List.of(x, row, all, scalar(0), scalar(2)));
    List<Node> conditions = new ArrayList<>(List.of(each, row, all));
    for (int i = 0; i < 12; i++) {
      Node a = pool.get(random.nextInt(pool.size()));
      Node b = pool.get(random.nextInt(pool.size()));
      Node last = pool.get(pool.size() - 1);
      Node condition = conditions.get(random.nextInt(conditions.size()));
      Node made =
          switch (random.nextInt(8)) {
            case 0 -> sum(where(condition, last, a), random.nextInt(2));
            case 1 -> log(last);
            case 2 -> div(last, a);
            case 3 -> check("c", last, -100, 100);
            case 4 -> add(last, mul(a, b));
            case 5 -> where(condition, scalar(0), last);
            default -> where(condition, last, scalar(random.nextInt(2)));
          };
      pool.add(made);
      if (random.nextInt(6) == 0) {
        conditions.add(where(conditions.get(0), condition, zero));
      }
    }
    Graph graph = Graph.of(shapes(), List.of(pool.get(pool.size() - 1), pool.get(pool.size() - 2)));
    Graph fewer = RepeatedChoices.leaveOut(graph);
    Statistics.label("choices left out")
        .collect(fewer != graph)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 15));
    double[][] inputs =
        shapes().stream().map(shape -> numbers(shape, random)).toArray(double[][]::new);
    assertThat(outcome(fewer, inputs))
        .as("%s\nbecame\n%s", graph, fewer)
        .isEqualTo(outcome(graph, inputs));
    assertThat(fewer.checks()).hasSameSizeAs(graph.checks());
  }

  private static String outcome(Graph graph, double[][] inputs) {
    try {
      return Arrays.deepToString(ReferenceEngine.evaluate(graph, inputs));
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static double[] numbers(Shape shape, Random random) {
    return random.ints(shape.count(), -1, 3).asDoubleStream().map(v -> Math.max(v, 0)).toArray();
  }
}
