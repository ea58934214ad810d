package io.lossmith.core.engine.cpu;

import static io.lossmith.core.engine.cpu.PassComparison.bits;
import static io.lossmith.core.engine.cpu.PassComparison.inputs;
import static io.lossmith.core.engine.cpu.PassComparison.sum;
import static io.lossmith.core.engine.cpu.PassComparison.values;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.scalar;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.Window;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.engine.cpu.tile.InRegisters;
import io.lossmith.core.engine.cpu.tile.PassTrial;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without SIMD, too, passes in registers give the bits that their instructions give. */
class PlainPassesTests {
  private static final Shape SHAPE = Shape.of(2, 4096);

  private static final List<Unary> ARITHMETIC =
      List.of(Unary.NEGATE, Unary.ABS, Unary.RELU, Unary.SQUARE, Unary.SQRT, Unary.RECIPROCAL);

  private final PlainKernels kernels = new PlainKernels();
  private final PassComparison passes = new PassComparison(kernels);

  @ParameterizedTest
  @EnumSource(Unary.class)
  void arithmeticOfOneOperand(Unary op) {
    Node[] in = inputs(SHAPE);
    assertThat(passes.compare(SHAPE, of(op, of(Binary.ADD, in[0], in[1]))))
        .isEqualTo(ARITHMETIC.contains(op) ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource(Binary.class)
  void arithmeticOfTwo(Binary op) {
    Node[] in = inputs(SHAPE);
    Node number = input(3, 1, 1);
    assertThat(
            passes.compare(
                SHAPE,
                of(op, in[0], in[1]),
                of(op, in[0], scalar(0.75)),
                of(op, scalar(2), in[1]),
                of(op, in[2], number)))
        .isEqualTo(op.isComparison() || op == Binary.POWER ? 0 : 1);
  }

  @Test
  void sumsAreLeftToInstructions() {
    Node[] in = inputs(SHAPE);
    Node product = of(Binary.MULTIPLY, in[0], in[1]);
    assertThat(passes.compare(SHAPE, product, sum(product))).isZero();
  }

  /** The loop has one index for all arrays, so what is repeated along an axis cannot take part. */
  @Test
  void whatLiesElsewhereIsLeftToInstructions() {
    Node[] in = inputs(SHAPE);
    Node repeated = input(4, 1, SHAPE.get(1));
    Node product = of(Binary.MULTIPLY, in[0], repeated);
    assertThat(passes.compare(SHAPE, of(Binary.ADD, product, in[1]))).isZero();
  }

  @Test
  void randomFormulas() {
    long taken = 0;
    for (int seed = 0; seed < 150; seed++) {
      taken += passes.compare(SHAPE, random(seed));
    }
    assertThat(taken).isGreaterThan(140);
  }

  private static Node[] random(int seed) {
    Random random = new Random(seed);
    List<Node> nodes = new ArrayList<>(List.of(inputs(SHAPE)));
    nodes.add(input(3, 1, 1));
    nodes.add(scalar(random.nextInt(5) / 2.0));
    List<Binary> binary =
        Stream.of(Binary.values()).filter(b -> !b.isComparison() && b != Binary.POWER).toList();
    for (int i = 0; i < 12; i++) {
      Node a = nodes.get(random.nextInt(nodes.size()));
      Node b = nodes.get(random.nextInt(nodes.size()));
      nodes.add(
          random.nextInt(3) == 0
              ? of(ARITHMETIC.get(random.nextInt(ARITHMETIC.size())), a)
              : of(binary.get(random.nextInt(binary.size())), a, b));
    }
    List<Node> large = nodes.stream().filter(n -> n.shape().equals(SHAPE)).skip(3).toList();
    Node last = large.get(large.size() - 1);
    return new Node[] {last, large.get(random.nextInt(large.size()))};
  }

  /** What lies at other indices of a caller's arrays goes through instructions. */
  @Test
  void buffersOfCallers() {
    Node[] in = inputs(SHAPE);
    Node formula = of(Binary.SUBTRACT, of(Binary.MULTIPLY, in[0], in[1]), in[0]);
    Graph graph = Graph.of(List.of(SHAPE, SHAPE), List.of(formula));
    Random random = new Random(3);
    float[][] inputs = {values(true, SHAPE.count(), random), values(true, SHAPE.count(), random)};
    float[] want = passes.run(graph, inputs, InRegisters.NEVER).outputs()[0];
    CpuProgram compiled =
        new CpuProgram(graph, kernels, WorkerThreads.of(2), Fusions.ALL, InRegisters.AT_ONCE);
    try (Program program = new Program("cpu", graph, compiled)) {
      Window x = Window.of(Window.Memory.HEAP, Window.Way.SLICE, 7, inputs[0]);
      Window y = Window.of(Window.Memory.HEAP, Window.Way.SLICE, 32, inputs[1]);
      Window out = Window.of(Window.Memory.HEAP, Window.Way.SLICE, 3, new float[SHAPE.count()]);
      program.run(new FloatBuffer[] {x.buffer(), y.buffer()}, new FloatBuffer[] {out.buffer()});
      assertThat(bits(out.numbers())).isEqualTo(bits(want));
      Stream.of(x, y, out).forEach(Window::requireNothingElseChanged);
    }
  }

  @Test
  void bitsStayWhileAPassIsTakenOver() {
    Shape shape = Shape.of(8, 9000);
    Node[] in = inputs(shape);
    Node slope = of(Binary.MULTIPLY, in[0], of(Binary.SUBTRACT, scalar(1), in[0]));
    Graph graph = Graph.of(List.of(shape, shape), List.of(of(Binary.MULTIPLY, in[1], slope)));
    Random random = new Random(1);
    float[][] inputs = {values(true, shape.count(), random), values(true, shape.count(), random)};
    float[][] outputs = {new float[shape.count()]};
    int[] want = bits(passes.run(graph, inputs, InRegisters.NEVER).outputs()[0]);
    CpuProgram compiled =
        new CpuProgram(graph, kernels, WorkerThreads.of(2), Fusions.ALL, InRegisters.ONCE_TRIED);
    PassTrial trial = compiled.trials.get(0);
    try (Program program = new Program("cpu", graph, compiled)) {
      int runs = 0;
      for (int after = 0; after < 3; after += trial.isTaken() ? 1 : 0) {
        program.run(inputs, outputs);
        assertThat(bits(outputs[0])).isEqualTo(want);
        assertThat(++runs).as("runs").isLessThan(200);
      }
      assertThat(runs).as("runs").isGreaterThan(10);
    }
  }
}
