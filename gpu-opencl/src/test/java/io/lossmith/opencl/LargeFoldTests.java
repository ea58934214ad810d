package io.lossmith.opencl;

import static io.lossmith.core.graph.Nodes.fold;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Fold;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums that a plain float would lose: 2^24 ones stay 2^24 there. */
@NeedsDevice
@Tag("large")
class LargeFoldTests {
  /** Where items loop over their share, and where they do not. */
  private static final List<Engine> ENGINES =
      List.of(new OpenClEngine(), new OpenClEngine(OwnMemoryContractTests.DEVICE, 0));

  @ParameterizedTest
  @ValueSource(ints = {(1 << 24) + 1, 20_000_003, 1 << 25})
  void sumsAndExtremesOfManyElements(int count) {
    float[] values = new float[count];
    SplittableRandom random = new SplittableRandom(count);
    for (int i = 0; i < count - 1; i++) {
      values[i] = 0.5f + random.nextInt(1000) / 1024f;
    }
    values[count - 1] = 7;
    double sum = 0;
    double squares = 0;
    float least = Float.POSITIVE_INFINITY;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      least = Math.min(least, value);
    }
    Node x = input(0, count);
    List<Node> outputs =
        List.of(total(x), total(mul(x, x)), fold(Fold.MAX, x, 0), fold(Fold.MIN, x, 0));
    Graph graph = Graph.of(List.of(Shape.of(count)), outputs);
    for (Engine engine : ENGINES) {
      float[][] got = {{0}, {0}, {0}, {0}};
      try (Program program = engine.compile(graph)) {
        program.run(new float[][] {values}, got);
      }
      assertThat(got[0][0]).isCloseTo((float) sum, within((float) (sum * 2e-7)));
      assertThat(got[1][0]).isCloseTo((float) squares, within((float) (squares * 2e-7)));
      assertThat(got[2][0]).isEqualTo(7);
      assertThat(got[3][0]).isEqualTo(least);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, (1 << 24) + 3})
  void onesAreCounted(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    Graph graph =
        Graph.of(List.of(Shape.of(count)), List.of(total(mul(input(0, count), scalar(1)))));
    for (Engine engine : ENGINES) {
      float[][] got = {{0}};
      try (Program program = engine.compile(graph)) {
        program.run(new float[][] {ones}, got);
      }
      assertThat(got[0][0]).isEqualTo((float) count);
    }
  }

  /** 640 work-groups leave as many partial results as 768 do, of which 128 have none to leave. */
  @Test
  void whatLiesBeyondTheArrayDoesNotCount() {
    int count = 640 * 16 * 256;
    float[] ones = new float[2 * count];
    Arrays.fill(ones, 1);
    Graph graph = Graph.of(List.of(Shape.of(count)), List.of(total(input(0, count))));
    for (Engine engine : ENGINES) {
      float[][] got = {{0}};
      try (Program program = engine.compile(graph)) {
        program.run(new float[][] {ones}, got);
      }
      assertThat(got[0][0]).isEqualTo((float) count);
    }
  }
}
