package io.lossmith.opencl;

import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.KeptInputs;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An input that is kept travels to a device with a memory of its own once. */
@NeedsDevice
@Tag("large")
class KeptDataTests {
  /** So large that the garbage collector leaves it where it is, unless memory is short. */
  private static final int LARGE = 1 << 22;

  private static final int MOVABLE = 1 << 15;

  private final Engine engine = new OpenClEngine(OwnMemoryContractTests.DEVICE, 0);

  private static Graph graph(int count) {
    Shape shape = Shape.of(count);
    Node x = input(0, count);
    Node product = mul(x, input(1, count));
    return Graph.of(List.of(shape, shape), List.of(product, total(product)));
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void whatIsKeptTravelsOnceAndInputsInEachRun() {
    float[] kept = filled(LARGE, 2);
    float[] x = filled(LARGE, 1);
    float[][] got = {new float[LARGE], {0}};
    try (Program program = engine.compile(KeptInputs.bind(engine, graph(LARGE), Map.of(1, kept)))) {
      program.run(new float[][] {x}, got);
      assertThat(got[1][0]).isEqualTo(2f * LARGE);
      // Nobody may do this; it shows where the device reads.
      Arrays.fill(kept, 3);
      Arrays.fill(x, 5);
      program.run(new float[][] {x}, got);
      assertThat(got[0][LARGE - 1]).isEqualTo(10);
      assertThat(got[1][0]).isEqualTo(10f * LARGE);
    }
  }

  @Test
  void whatIsKeptTravelsAgainWhenItHasMoved() {
    float[] kept = filled(MOVABLE, 2);
    float[] x = new float[MOVABLE];
    float[][] got = {new float[MOVABLE], {0}};
    List<byte[]> rubbish = new ArrayList<>();
    try (Program program =
        engine.compile(KeptInputs.bind(engine, graph(MOVABLE), Map.of(1, kept)))) {
      for (int run = 1; run <= 40; run++) {
        for (int i = 0; i < 200; i++) {
          rubbish.add(new byte[10_000]);
        }
        if (run % 4 == 0) {
          rubbish.clear();
          System.gc();
        }
        Arrays.fill(x, run);
        program.run(new float[][] {x}, got);
        assertThat(got[0][MOVABLE - 1]).isEqualTo(2 * run);
        assertThat(got[1][0]).isEqualTo(2f * run * MOVABLE);
      }
    }
  }

  @Test
  void theExplanationTellsWhatTravelsOnce() {
    Graph graph = graph(MOVABLE);
    try (Program program = engine.compile(graph)) {
      assertThat(program.explain()).contains("; 262 kB up, 131 kB down in a run, ");
    }
    Graph kept = KeptInputs.bind(engine, graph, Map.of(1, filled(MOVABLE, 2)));
    try (Program program = engine.compile(kept)) {
      assertThat(program.explain()).contains("; 131 kB up, 131 kB down in a run, 131 kB up once, ");
    }
  }
}
