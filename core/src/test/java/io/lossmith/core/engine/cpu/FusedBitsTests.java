package io.lossmith.core.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.RandomGraph;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.InRegisters;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Simplifier;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Several operations in one instruction give the bits that they give one by one. Only sums over a
 * loop may differ: their products are not stored.
 */
class FusedBitsTests {
  private static final List<Fusion> ALL_BUT_SUMS =
      Fusions.ALL.stream().filter(f -> !f.getClass().getSimpleName().endsWith("Sum")).toList();

  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.arbitrary();
  }

  @Property(tries = 300)
  void patternsChangeNoBit(@ForAll("graphs") RandomGraph random) {
    for (Kernels kernels : List.of(KernelProvider.kernels(), new PlainKernels())) {
      float[][] fused = run(random, kernels, ALL_BUT_SUMS);
      float[][] single = run(random, kernels, List.of());
      for (int i = 0; i < fused.length; i++) {
        assertThat(fused[i]).isEqualTo(single[i]);
      }
    }
  }

  private static float[][] run(RandomGraph random, Kernels kernels, List<Fusion> fusions) {
    Graph graph = Simplifier.simplify(random.graph());
    float[][] outputs =
        graph.outputs().stream().map(o -> new float[o.shape().count()]).toArray(float[][]::new);
    CpuProgram compiled =
        new CpuProgram(graph, kernels, WorkerThreads.ofMachine(), fusions, InRegisters.NEVER);
    try (Program program = new Program("cpu", random.graph(), compiled)) {
      program.run(random.inputs(), outputs);
    }
    return outputs;
  }
}
