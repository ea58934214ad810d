package io.lossmith.core.engine.cpu;

import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.fold;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.InRegisters;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Fold;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Powers of e of a difference from what all rows share. Only where that is the greatest of the very
 * same rows are they 1 at most; all others may be too large for a float, and then are infinite, as
 * where each operation is an instruction of its own.
 */
class PowersOfDifferencesTests {
  private static final Shape TILE = Shape.of(3, 5, 333);
  private static final Shape SHARED = Shape.of(3, 1, 333);

  private final Node x = input(0, TILE.toArray());
  private final Node y = input(1, TILE.toArray());
  private final Node share = input(2, SHARED.toArray());

  /** Both as softmax computes it, in one pass and where sums are known. */
  private void check(Node a, Node less) {
    Node power = exp(sub(a, less));
    check(div(power, sum(power, 1)));
    check(mul(power, share));
  }

  private static void check(Node output) {
    Graph graph = Graph.of(List.of(TILE, TILE, SHARED), List.of(output));
    for (Kernels kernels : List.of(KernelProvider.kernels(), new PlainKernels())) {
      assertThat(run(graph, kernels, Fusions.ALL)).isEqualTo(run(graph, kernels, List.of()));
    }
  }

  private static float[] run(Graph graph, Kernels kernels, List<Fusion> fusions) {
    float[] output = new float[TILE.count()];
    CpuProgram compiled =
        new CpuProgram(graph, kernels, WorkerThreads.ofMachine(), fusions, InRegisters.NEVER);
    try (Program program = new Program("cpu", graph, compiled)) {
      program.run(
          new float[][] {numbers(1, TILE), numbers(2, TILE), numbers(3, SHARED)},
          new float[][] {output});
    }
    return output;
  }

  private static float[] numbers(long seed, Shape shape) {
    Random random = new Random(seed);
    float[] numbers = new float[shape.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 60 * random.nextFloat() - 30 + 10 * (float) random.nextGaussian();
    }
    return numbers;
  }

  @Test
  void lessTheGreatest() {
    check(x, max(x, 1));
  }

  @Test
  void lessTheLeast() {
    Node twice = mul(x, scalar(2));
    check(twice, fold(Fold.MIN, twice, 1));
  }

  @Test
  void lessTheGreatestOfOthers() {
    Node triple = mul(x, scalar(3));
    check(triple, max(y, 1));
    check(triple, max(x, 1));
  }
}
