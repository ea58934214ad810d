package io.lossmith.core.engine;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.broadcast;
import static io.lossmith.core.graph.Nodes.check;
import static io.lossmith.core.graph.Nodes.concat;
import static io.lossmith.core.graph.Nodes.data;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.flip;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.pad;
import static io.lossmith.core.graph.Nodes.permute;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.slice;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Checks of every kind, on every kind of value, with data that hold and data that break them. */
final class CheckCases {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final ValueRange UNIT = ValueRange.of(0, 1);
  private static final ValueRange LABELS = ValueRange.of(0, 2).wholeNumbers();

  private final List<Case> all = new ArrayList<>();

  private CheckCases() {}

  /**
   * A graph with checks and one input.
   *
   * @param good an input that breaks none
   * @param bad inputs, each with the beginning of what is said
   */
  record Case(String name, Graph graph, float[] good, Map<String, float[]> bad) {
    Case breaks(String said, double... input) {
      bad.put(said, floats(input));
      return this;
    }

    void require(Engine engine) {
      try (Program program = engine.compile(graph)) {
        program.run(new float[][] {good}, outputs());
        bad.forEach(
            (said, input) ->
                assertThatThrownBy(() -> program.run(new float[][] {input}, outputs()))
                    .as("%s", said)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(said)
                    .hasMessageContaining("; must be "));
        program.run(new float[][] {good}, outputs());
      }
    }

    private float[][] outputs() {
      return graph.outputs().stream()
          .map(output -> new float[output.shape().count()])
          .toArray(float[][]::new);
    }
  }

  static List<Case> all() {
    CheckCases cases = new CheckCases();
    cases.ranges();
    cases.labels();
    cases.computed();
    cases.moved();
    cases.several();
    return cases.all;
  }

  private Case when(String name, int[] sizes, UnaryOperator<Node> output, double... good) {
    Shape shape = Shape.of(sizes);
    Node node = output.apply(Node.leaf(new Leaf.Input(0), shape));
    Graph graph = Graph.of(List.of(shape), List.of(node));
    Case added = new Case(name, graph, floats(good), new LinkedHashMap<>());
    all.add(added);
    return added;
  }

  private static int[] sized(int... sizes) {
    return sizes;
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private void ranges() {
    when("range", sized(3), x -> exp(check("p", x, UNIT)), 0, 0.5, 1)
        .breaks("p is 1.5 at [1]", 0, 1.5, 7)
        .breaks("p is -0.5 at [2]", 0, 1, -0.5)
        .breaks("p is NaN at [0]", NAN, 1, 2)
        .breaks("p is Infinity at [2]", 0, 1, INF)
        .breaks("p is -Infinity at [2]", 0, 1, -INF);
    when("bounds are floats", sized(2), x -> total(check("p", x, 0.1, 0.3)), 0.1, 0.3)
        .breaks("p is " + Math.nextUp(0.3f), Math.nextUp(0.3f), 0.2)
        .breaks("p is " + Math.nextDown(0.1f), Math.nextDown(0.1f), 0.2);
    when("range or NaN", sized(3), x -> exp(check("r", x, UNIT.orNaN())), NAN, 0, 1)
        .breaks("r is 2 at [1]", NAN, 2, 0)
        .breaks("r is -Infinity at [2]", NAN, 0, -INF);
    when("range or a number", sized(3), x -> exp(check("r", x, UNIT.or(-1))), -1, 0, 1)
        .breaks("r is -0.5 at [1]", -1, -0.5, 0)
        .breaks("r is NaN at [1]", -1, NAN, 0);
    when("number", sized(3), x -> total(check("n", x, ValueRange.of(-INF, INF))), INF, -INF, 0)
        .breaks("n is NaN at [2]", INF, -INF, NAN);
  }

  private void labels() {
    when("labels", sized(3), x -> total(check("t", x, LABELS)), 0, 1, 2)
        .breaks("t is 0.5 at [1]", 0, 0.5, 3)
        .breaks("t is 3 at [2]", 0, 1, 3)
        .breaks("t is -1 at [0]", -1, 1, 2)
        .breaks("t is NaN at [1]", 0, NAN, 2);
    when("labels or 255", sized(4), x -> total(check("t", x, LABELS.or(255))), 0, 255, 2, 255)
        .breaks("t is 254 at [2]", 255, 0, 254, 3)
        .breaks("t is 1.5 at [2]", 255, 255, 1.5, 7)
        .breaks("t is NaN at [3]", 255, 255, 2, NAN);
    when("labels or -100", sized(2), x -> total(check("t", x, LABELS.or(-100))), -100, 0)
        .breaks("t is -99 at [1]", -100, -99);
    when("labels or NaN", sized(2), x -> total(check("t", x, LABELS.orNaN())), NAN, 0)
        .breaks("t is 0.5 at [1]", NAN, 0.5);
    ValueRange below = ValueRange.of(-3, 3).wholeNumbers();
    when("whole numbers below 0", sized(2), x -> total(check("t", x, below)), -3, 3)
        .breaks("t is -2.5 at [1]", -3, -2.5)
        .breaks("t is -4 at [0]", -4, 0);
    double[] many = new double[70_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = i % 5 == 4 ? 255 : i % 3;
    }
    Case large =
        when("many labels", sized(1, 70_001), x -> sum(check("t", x, LABELS.or(255)), 1), many);
    for (int at : new int[] {0, 1023, 1024, 50_000, 70_000}) {
      double[] changed = many.clone();
      changed[at] = 254;
      large.breaks("t is 254 at [0, " + at + "]", changed);
    }
  }

  private void computed() {
    when("computed", sized(2), x -> total(check("s", sigmoid(x), 0.25, 0.75)), 0, 1)
        .breaks("s is 0.88079", 0, 2);
    when("computed, for itself", sized(2), x -> check("s", sigmoid(x), 0.25, 0.75), 0, 1)
        .breaks("s is 0.88079", 0, 2);
    when("a sum", sized(3), x -> mul(x, check("s", total(x), 0, 2)), 0, 1, 1)
        .breaks("s is 3 at []", 1, 1, 1);
    when("a sum of rows", sized(2, 3), x -> exp(check("s", sum(x, 1), 0, 2)), 0, 1, 1, 0, 0, 0)
        .breaks("s is 3 at [1, 0]", 0, 0, 0, 1, 1, 1);
    when("beside a softmax", sized(1, 3, 40), CheckCases::softmax, new double[120])
        .breaks("m is 2 at [0, 0, 7]", with(7, 2, 120));
    when("behind a long chain", sized(3), CheckCases::chain, 0, 0, 0).breaks("c is 0.09", 0, 1, 0);
    when("no elements", sized(0, 3), x -> total(check("e", exp(x), 5, 6)));
    when("no sizes", sized(), x -> exp(check("e", x, 0, 1)), 1).breaks("e is 2 at []", 2);
  }

  private static double[] with(int at, double value, int count) {
    double[] values = new double[count];
    values[at] = value;
    return values;
  }

  private static Node softmax(Node x) {
    Node largest = max(x, 1);
    Node e = exp(sub(x, largest));
    return total(mul(sum(e, 1), check("m", largest, 0, 1)));
  }

  /** As long as may be: what counts it is written to memory, element by element. */
  private static Node chain(Node x) {
    Node node = x;
    for (int i = 0; i < 150; i++) {
      node = of(Unary.TANH, node);
    }
    return total(check("c", node, -0.01, 0.01));
  }

  private void moved() {
    double[] good = {0, 0.5, 1, 1, 0, 0};
    double[] bad = {0, 0.5, 1, 1, 7, 8};
    when("permuted", sized(2, 3), x -> total(exp(check("m", permute(x, 1, 0), UNIT))), good)
        .breaks("m is 7 at [1, 1]", bad);
    when("flipped", sized(2, 3), x -> exp(check("m", flip(x, 1), UNIT)), good)
        .breaks("m is 8 at [1, 0]", bad);
    when("a part", sized(2, 3), x -> exp(check("m", slice(x, 1, 0, 2), UNIT)), good)
        .breaks("m is 7 at [1, 1]", bad);
    when("the rest is free", sized(2, 3), x -> exp(check("m", slice(x, 0, 0, 1), UNIT)), bad);
    when("repeated", sized(1, 3), x -> exp(check("m", broadcast(x, 2, 3), UNIT)), 0, 1, 0)
        .breaks("m is 3 at [0, 2]", 0, 1, 3);
    when(
            "padded",
            sized(3),
            x -> exp(check("m", pad(x, List.of(1), List.of(2)), ValueRange.of(-1, 1))),
            0,
            -1,
            1)
        .breaks("m is 2 at [3]", 0, 1, 2);
    when("joined", sized(3), x -> exp(check("m", concat(0, x, exp(x)), 0, 5)), 0, 1, 1)
        .breaks("m is 7.389056", 0, 1, 2);
    when("given", sized(2), CheckCases::given, 1, 1);
  }

  /** Numbers that are part of the graph. */
  private static Node given(Node x) {
    Node data = check("d", data(Shape.of(2), 0.5f, 1), UNIT);
    return mul(mul(x, data), check("one", scalar(1), UNIT));
  }

  private void several() {
    when("within another", sized(2), x -> exp(check("b", check("a", x, 0, 2), UNIT)), 0, 1)
        .breaks("b is 2 at [1]", 0, 2)
        .breaks("a is 3 at [1]", 2, 3);
    when("the same twice", sized(2), x -> exp(check("b", check("a", x, UNIT), UNIT)), 0, 1)
        .breaks("a is 3 at [1]", 1, 3);
    when(
            "one alone",
            sized(2),
            x -> add(exp(check("a", x, UNIT)), check("b", mul(x, scalar(2)), UNIT)),
            0,
            0.5)
        .breaks("b is 2 at [1]", 0, 1)
        .breaks("a is 2 at [1]", 0, 2);
  }
}
