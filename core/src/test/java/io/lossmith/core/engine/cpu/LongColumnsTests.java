package io.lossmith.core.engine.cpu;

import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.fold;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.sub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Fold;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Columns of so many places that tiles have longer rows, so that memory is read faster. */
class LongColumnsTests {
  private static final int CLASSES = 3;
  private static final int PLACES = (1 << 20) + 100;
  private static final Shape SHAPE = Shape.of(1, CLASSES, PLACES);

  private final Node x = input(0, SHAPE.toArray());
  private final Node power = exp(sub(x, fold(Fold.MAX, x, 1)));
  private final Node p = div(power, fold(Fold.SUM, power, 1));
  private final Graph softmax = Graph.of(List.of(SHAPE), List.of(p, fold(Fold.SUM, p, 0, 2)));

  @Test
  void ofSimd() {
    assumeTrue(CpuEngines.hasSimd(), "without vectors rows are no longer");
    try (Program program = CpuEngines.simd().compile(softmax)) {
      assertThat(program.explain()).contains("tiles of 3 x 8192");
    }
    requireSoftmax(CpuEngines.simd());
  }

  @Test
  void ofPlainJava() {
    requireSoftmax(CpuEngines.plain());
  }

  private void requireSoftmax(Engine engine) {
    Random random = new Random(1);
    float[] x = new float[SHAPE.count()];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() * 12 - 6;
    }
    float[] is = new float[x.length];
    float[] sums = new float[CLASSES];
    try (Program program = engine.compile(softmax)) {
      program.run(new float[][] {x}, new float[][] {is, sums});
    }
    double[] want = new double[CLASSES];
    for (int place = 0; place < PLACES; place++) {
      double all = 0;
      for (int row = 0; row < CLASSES; row++) {
        all += Math.exp(x[row * PLACES + place]);
      }
      for (int row = 0; row < CLASSES; row++) {
        int at = row * PLACES + place;
        double one = Math.exp(x[at]) / all;
        want[row] += one;
        if (Math.abs(is[at] - one) > 1e-6) {
          assertThat((double) is[at])
              .as("row %d, place %d", row, place)
              .isCloseTo(one, within(1e-6));
        }
      }
    }
    for (int row = 0; row < CLASSES; row++) {
      assertThat(sums[row] / want[row]).as("sum of row %d", row).isCloseTo(1, within(1e-6));
    }
  }
}
