package io.lossmith.core.engine.cpu.fusion;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static io.lossmith.core.graph.Nodes.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.cpu.CpuEngines;
import io.lossmith.core.engine.cpu.tile.TileCompiler;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Simplifier;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.core.plan.Step;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that become one instruction: as few as expected, and as the reference has them. */
class FusedInstructionsTests {
  private static final Shape MANY = Shape.of(3, 2, 333);
  private static final Shape ROW = Shape.of(3, 1, 1);

  private final Node x = input(0, MANY.toArray());
  private final Node y = input(1, MANY.toArray());
  private final Node z = input(2, MANY.toArray());
  private final Node row = input(3, ROW.toArray());

  private static Node clamp(Node a, double low, double high) {
    return of(Binary.MINIMUM, of(Binary.MAXIMUM, a, scalar(low)), scalar(high));
  }

  /** Runs a graph in vectors or without, compares, and returns the instructions of all loops. */
  private static int instructions(boolean simd, Node output) {
    List<Shape> inputs = List.of(MANY, MANY, MANY, ROW);
    Graph graph = Graph.of(inputs, List.of(output));
    float[][] values = {odd(MANY, 0), odd(MANY, 5), odd(MANY, 11), odd(ROW, 2)};
    float[] is = new float[output.shape().count()];
    float[] must = is.clone();
    try (Program program = (simd ? Engines.byName("cpu") : CpuEngines.plain()).compile(graph);
        Program reference = Engines.byName("reference").compile(graph)) {
      program.run(values, new float[][] {is});
      reference.run(values, new float[][] {must});
    }
    for (int i = 0; i < is.length; i++) {
      boolean near = Math.abs(is[i] - must[i]) <= 1e-5 * (1 + Math.abs(must[i]));
      assertThat(near || Float.compare(is[i] + 0f, must[i] + 0f) == 0)
          .as("%s at %d: is %s, must be %s", output, i, is[i], must[i])
          .isTrue();
    }
    Plan plan = Planner.plan(Simplifier.simplify(graph), PlanLimits.ofTiles());
    return plan.steps().stream()
        .filter(Step.Loop.class::isInstance)
        .mapToInt(step -> TileCompiler.compile((Step.Loop) step, Fusions.ALL, 8).length())
        .sum();
  }

  /**
   * Ordinary numbers, and now and then NaN, an infinity, a whole number or a number out of 0..1.
   */
  private static float[] odd(Shape shape, int seed) {
    float[] special = {Float.NaN, 0, -0f, 1, 2, -1, 7, 0.5f, 3.5f, Float.POSITIVE_INFINITY};
    float[] values = new float[shape.count()];
    for (int i = 0; i < values.length; i++) {
      int k = (i + seed) * 31 % 97;
      values[i] = k < special.length && shape.count() > 100 ? special[k] : (k - 40) / 60f;
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clampsAreOne(boolean simd) {
    assertThat(instructions(simd, clamp(x, -0.25, 0.5))).isEqualTo(1);
    Node other = of(Binary.MAXIMUM, of(Binary.MINIMUM, x, scalar(0.5)), scalar(0));
    assertThat(instructions(simd, other)).isEqualTo(1);
    assertThat(instructions(simd, clamp(x, 1, -1))).as("low above high").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void logarithmsTakeTheirLimitIn(boolean simd) {
    Node log = of(Unary.LOG, x);
    assertThat(instructions(simd, of(Binary.MAXIMUM, log, scalar(-100)))).isEqualTo(1);
    assertThat(instructions(simd, of(Binary.MAXIMUM, scalar(-1), of(Unary.LOG1P, x)))).isEqualTo(1);
    assertThat(instructions(simd, of(Binary.MAXIMUM, log, row))).as("no number").isEqualTo(2);
    Node limited = of(Binary.MAXIMUM, log, scalar(-1));
    assertThat(instructions(simd, add(limited, log))).as("used twice").isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void quotientsTakeTheirGuardIn(boolean simd) {
    Node guard = of(Binary.LESS_EQUAL, scalar(0.25), y);
    assertThat(instructions(simd, where(guard, div(x, y), z))).isEqualTo(1);
    assertThat(instructions(simd, mul(scalar(0.5), where(guard, div(x, y), z)))).isEqualTo(1);
    assertThat(instructions(simd, mul(row, where(guard, div(x, y), z)))).isEqualTo(2);
    assertThat(instructions(simd, where(guard, div(x, z), y))).as("of another").isEqualTo(3);
    Node quotient = div(x, y);
    assertThat(instructions(simd, add(where(guard, quotient, z), quotient)))
        .as("used twice")
        .isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsOutOfARangeIsCountedInOne(boolean simd) {
    ValueRange unit = ValueRange.of(0, 1);
    ValueRange labels = ValueRange.of(0, 3).wholeNumbers();
    for (ValueRange range :
        List.of(unit, unit.orNaN(), unit.or(-1), labels, labels.or(-1), labels.orNaN())) {
      Node out = of(new OutOfRange(range), x);
      assertThat(instructions(simd, total(out))).isEqualTo(1);
      assertThat(instructions(simd, sum(out, 2))).isEqualTo(1);
      assertThat(instructions(simd, out)).as("alone").isEqualTo(1);
      assertThat(instructions(simd, total(mul(out, y)))).as("in a product").isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatFlowsBackThroughASigmoidIsOne(boolean simd) {
    Node p = sigmoid(x);
    Node slope = mul(p, sub(scalar(1), p));
    assertThat(instructions(simd, mul(y, slope))).as("and the sigmoid").isEqualTo(2);
    assertThat(instructions(simd, mul(slope, row))).as("with a number for a row").isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void productsAreTakenAway(boolean simd) {
    assertThat(instructions(simd, sub(z, mul(x, y)))).isEqualTo(1);
    assertThat(instructions(simd, sub(z, mul(x, row)))).isEqualTo(1);
    assertThat(instructions(simd, sub(row, mul(x, y)))).isEqualTo(1);
    assertThat(instructions(simd, sub(row, mul(x, scalar(3))))).isEqualTo(1);
    assertThat(instructions(simd, sub(mul(x, y), z))).as("the other way round").isEqualTo(2);
    Node product = mul(x, y);
    assertThat(instructions(simd, add(product, sub(z, product)))).as("used twice").isEqualTo(3);
  }
}
