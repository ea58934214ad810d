package io.lossmith.core.engine.cpu;

import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.InRegisters;
import io.lossmith.core.engine.cpu.tile.PassTrial;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Simplifier;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Fold;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Runs formulas by instructions and with their values in registers, and compares the bits. */
record PassComparison(Kernels kernels) {
  private static final float[] ODD = {
    Float.NaN,
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    2f,
    3f,
    255f,
    1e-40f,
    1e30f,
    -1e30f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  /** What a program made of it: its outputs, and how many of its loops ran in registers. */
  record Outcome(float[][] outputs, long inRegisters) {}

  Outcome run(Graph graph, float[][] inputs, InRegisters when) {
    Graph simple = Simplifier.simplify(graph);
    CpuProgram compiled = new CpuProgram(simple, kernels, WorkerThreads.of(2), Fusions.ALL, when);
    float[][] outputs =
        graph.outputs().stream().map(o -> new float[o.shape().count()]).toArray(float[][]::new);
    try (Program program = new Program("cpu", graph, compiled)) {
      program.run(inputs, outputs);
    }
    return new Outcome(outputs, compiled.trials.stream().filter(PassTrial::isTaken).count());
  }

  /** Returns how many loops ran in registers, over odd numbers and over such as sums show. */
  long compare(Shape shape, Node... outputs) {
    compare(true, shape, outputs);
    return compare(false, shape, outputs);
  }

  private long compare(boolean odd, Shape shape, Node... outputs) {
    List<Shape> shapes = List.of(shape, shape, shape, Shape.of(1, 1), shape.with(0, 1));
    Graph graph = Graph.of(shapes, List.of(outputs));
    Random random = new Random(shape.count());
    float[][] inputs =
        shapes.stream().map(s -> values(odd, s.count(), random)).toArray(float[][]::new);
    Outcome want = run(graph, inputs, InRegisters.NEVER);
    Outcome is = run(graph, inputs, InRegisters.AT_ONCE);
    for (int i = 0; i < outputs.length; i++) {
      assertThat(bits(is.outputs[i]))
          .as("output %d of %s", i, graph)
          .isEqualTo(bits(want.outputs[i]));
    }
    return is.inRegisters;
  }

  /** NaN is NaN, whatever its bits. */
  static int[] bits(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToIntBits(values[i])).toArray();
  }

  static float[] values(boolean odd, int n, Random random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          odd && random.nextInt(8) == 0
              ? ODD[random.nextInt(ODD.length)]
              : random.nextInt(3) == 0 ? random.nextInt(4) : random.nextFloat() * 12 - 6;
    }
    return values;
  }

  static Node[] inputs(Shape shape) {
    return new Node[] {
      input(0, shape.toArray()), input(1, shape.toArray()), input(2, shape.toArray())
    };
  }

  static Node sum(Node x) {
    return of(new AxisFold(Fold.SUM, List.of(0, 1)), x);
  }
}
