package io.lossmith.core.engine.cpu;

import static io.lossmith.core.engine.cpu.PassComparison.bits;
import static io.lossmith.core.engine.cpu.PassComparison.inputs;
import static io.lossmith.core.engine.cpu.PassComparison.sum;
import static io.lossmith.core.engine.cpu.PassComparison.values;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.Window;
import io.lossmith.core.engine.cpu.fusion.Fusions;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.InRegisters;
import io.lossmith.core.engine.cpu.tile.PassTrial;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Simplifier;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.op.Where;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes whose values stay in registers give the bits that their instructions give. */
class InRegistersTests {
  private final Kernels kernels = KernelProvider.kernels();
  private final PassComparison passes = new PassComparison(kernels);

  @BeforeEach
  void thereAreVectors() {
    assumeTrue(kernels.lanes() > 1, "without vectors there is no such loop");
  }

  @ParameterizedTest
  @EnumSource(Unary.class)
  void functionsOfOneOperand(Unary op) {
    Shape shape = Shape.of(2, 512);
    Node[] in = inputs(shape);
    assertThat(passes.compare(shape, of(op, of(Binary.ADD, in[0], in[1])))).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(value = Binary.class, mode = EnumSource.Mode.EXCLUDE, names = "POWER")
  void functionsOfTwo(Binary op) {
    Shape shape = Shape.of(2, 512);
    Node[] in = inputs(shape);
    Node number = input(3, 1, 1);
    assertThat(
            passes.compare(
                shape,
                of(op, in[0], in[1]),
                of(op, in[0], scalar(0.75)),
                of(op, scalar(2), in[1]),
                of(op, in[2], number)))
        .isEqualTo(1);
  }

  @Test
  void powersAreLeftToInstructions() {
    Shape shape = Shape.of(2, 512);
    assertThat(passes.compare(shape, of(Binary.POWER, inputs(shape)[0], scalar(1.5)))).isZero();
  }

  static Stream<ValueRange> ranges() {
    ValueRange range = ValueRange.of(0, 3);
    return Stream.of(
        range,
        range.orNaN(),
        range.wholeNumbers(),
        range.wholeNumbers().or(255),
        range.or(7),
        ValueRange.of(0, 1));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void countsOutOfRange(ValueRange range) {
    Shape shape = Shape.of(2, 512);
    Node[] in = inputs(shape);
    Node out = of(new OutOfRange(range), in[0]);
    passes.compare(shape, sum(out), of(Binary.MULTIPLY, out, in[1]), in[2]);
  }

  /** One sum may come out the same although it is rounded otherwise; many do not. */
  @ParameterizedTest
  @CsvSource({"2, 4096", "64, 1024"})
  void foldsOfAllKinds(int samples, int places) {
    Shape shape = Shape.of(samples, places);
    Node[] in = inputs(shape);
    Node x = of(Unary.TANH, in[0]);
    Node y = of(Unary.ABS, of(Binary.MINIMUM, in[1], scalar(9)));
    List<Integer> axes = samples > 2 ? List.of(1) : List.of(0, 1);
    assertThat(
            passes.compare(
                shape,
                of(new AxisFold(Fold.SUM, axes), x),
                of(new AxisFold(Fold.SUM, axes), of(Binary.MULTIPLY, x, y)),
                of(new AxisFold(Fold.SUM, axes), of(Unary.SQUARE, x)),
                of(new AxisFold(Fold.MAX, axes), y),
                of(new AxisFold(Fold.MIN, axes), x)))
        .isPositive();
  }

  @Test
  void anEntropyAndADiceShareAPower() {
    Shape shape = Shape.of(2, 4096);
    Node[] in = inputs(shape);
    Node size = of(Unary.NEGATE, of(Unary.ABS, in[0]));
    Node p = of(Unary.SIGMOID, in[0]);
    assertThat(
            passes.compare(
                shape,
                sum(of(Binary.ADD, of(Unary.SOFTPLUS, size), in[1])),
                sum(of(Binary.MULTIPLY, p, in[1])),
                sum(p),
                of(Unary.SIGMOID, size),
                of(Where.WHERE, in[1], p, in[2])))
        .isPositive();
  }

  @Test
  void columnsOfAnyLength() {
    long taken = 0;
    for (int n = 1; n <= 200; n++) {
      taken += passes.compare(Shape.of(1, n), random(Shape.of(1, n), n));
    }
    taken +=
        passes.compare(Shape.of(1, 5000), random(Shape.of(1, 5000), 1)); // the last tile is short
    assertThat(taken).isGreaterThan(2);
  }

  @Test
  void randomFormulas() {
    Shape shape = Shape.of(2, 1024);
    long taken = 0;
    for (int seed = 0; seed < 150; seed++) {
      taken += passes.compare(shape, random(shape, seed));
    }
    assertThat(taken).isGreaterThan(100);
  }

  private static Node[] random(Shape shape, int seed) {
    Random random = new Random(seed);
    List<Node> nodes = new ArrayList<>(List.of(inputs(shape)));
    nodes.add(input(3, 1, 1));
    nodes.add(scalar(random.nextInt(5) / 2.0));
    Unary[] unary = Unary.values();
    Binary[] binary = Binary.values();
    for (int i = 0; i < 12; i++) {
      Node a = nodes.get(random.nextInt(nodes.size()));
      Node b = nodes.get(random.nextInt(nodes.size()));
      Node c = nodes.get(random.nextInt(nodes.size()));
      int kind = random.nextInt(5);
      Binary op = binary[random.nextInt(binary.length)];
      nodes.add(
          kind < 2
              ? of(unary[random.nextInt(unary.length)], a)
              : kind < 4
                  ? of(op == Binary.POWER ? Binary.ADD : op, a, b)
                  : of(Where.WHERE, a, b, c));
    }
    List<Node> large = nodes.stream().filter(n -> n.shape().equals(shape)).toList();
    Node last = large.get(large.size() - 1);
    Node other = large.get(random.nextInt(large.size()));
    return new Node[] {last, sum(last), sum(of(Binary.MULTIPLY, last, other)), other};
  }

  /** Bits stay the same while single tiles are tried, when all are taken over, and after it. */
  @Test
  void bitsStayWhileAPassIsTakenOver() {
    Shape shape = Shape.of(8, 5000);
    Node[] in = inputs(shape);
    Node p = of(Unary.SIGMOID, in[0]);
    Node slope = of(Binary.MULTIPLY, p, of(Binary.SUBTRACT, scalar(1), p));
    Graph graph =
        Graph.of(List.of(shape, shape), List.of(of(Binary.MULTIPLY, in[1], slope), sum(p)));
    CpuProgram compiled =
        new CpuProgram(graph, kernels, WorkerThreads.of(2), Fusions.ALL, InRegisters.ONCE_TRIED);
    Random random = new Random(1);
    float[][] inputs = {values(false, shape.count(), random), values(false, shape.count(), random)};
    float[][] outputs = {new float[shape.count()], new float[1]};
    float[][] want = passes.run(graph, inputs, InRegisters.NEVER).outputs();
    PassTrial trial = compiled.trials.get(0);
    try (Program program = new Program("cpu", graph, compiled)) {
      int runs = 0;
      for (int after = 0; after < 3; after += trial.isTaken() ? 1 : 0) {
        program.run(inputs, outputs);
        assertThat(bits(outputs[0])).isEqualTo(bits(want[0]));
        assertThat(bits(outputs[1])).isEqualTo(bits(want[1]));
        assertThat(++runs).as("runs").isLessThan(200);
      }
      assertThat(runs).as("runs").isGreaterThan(10);
    }
  }

  /** Several threads meet a trial at once; one of them tries. */
  @Test
  void threadsShareATrial() {
    Shape shape = Shape.of(4, 3000);
    Graph graph = Graph.of(List.of(shape), List.of(of(Unary.SIGMOID, of(Unary.TANH, in(shape)))));
    Random random = new Random(2);
    float[][] inputs = {values(false, shape.count(), random)};
    int[] want = bits(passes.run(graph, inputs, InRegisters.NEVER).outputs()[0]);
    CpuProgram compiled =
        new CpuProgram(graph, kernels, WorkerThreads.of(2), Fusions.ALL, InRegisters.ONCE_TRIED);
    try (Program program = new Program("cpu", graph, compiled)) {
      List<Boolean> same =
          IntStream.range(0, 4)
              .parallel()
              .mapToObj(
                  thread -> {
                    boolean all = true;
                    for (int i = 0; i < 200; i++) {
                      float[][] outputs = {new float[shape.count()]};
                      program.run(inputs, outputs);
                      all &= Arrays.equals(bits(outputs[0]), want);
                    }
                    return all;
                  })
              .toList();
      assertThat(same).doesNotContain(false);
    }
    assertThat(compiled.trials.get(0).isTaken()).isTrue();
  }

  static Stream<Arguments> kindsOfMemory() {
    return Stream.of(Window.Memory.values())
        .flatMap(memory -> Stream.of(Window.Way.values()).map(way -> Arguments.of(memory, way)));
  }

  /** Passes read and write what a caller hands in where it lies, if Java lets them. */
  @ParameterizedTest
  @MethodSource("kindsOfMemory")
  void buffersOfCallers(Window.Memory memory, Window.Way way) {
    Shape shape = Shape.of(3, 2100);
    Node[] in = inputs(shape);
    Node p = of(Unary.SIGMOID, of(Binary.ADD, in[0], in[1]));
    Graph graph =
        Graph.of(
            List.of(shape, shape),
            List.of(of(Binary.MULTIPLY, p, in[1]), sum(of(Binary.MULTIPLY, p, in[0]))));
    Random random = new Random(5);
    float[][] inputs = {values(false, shape.count(), random), values(true, shape.count(), random)};
    float[][] want = passes.run(graph, inputs, InRegisters.NEVER).outputs();
    CpuProgram compiled =
        new CpuProgram(
            Simplifier.simplify(graph),
            kernels,
            WorkerThreads.of(2),
            Fusions.ALL,
            InRegisters.AT_ONCE);
    Window.Way written = way.isReadOnly() ? Window.Way.SLICE : way;
    try (Program program = new Program("cpu", graph, compiled)) {
      for (int from : new int[] {7, 0, 32}) {
        Window x = Window.of(memory, way, from, inputs[0]);
        Window y = Window.of(memory, way, from + 1, inputs[1]);
        Window out = Window.of(memory, written, from + 3, new float[shape.count()]);
        FloatBuffer number = FloatBuffer.allocate(1);
        program.run(
            new FloatBuffer[] {x.buffer(), y.buffer()}, new FloatBuffer[] {out.buffer(), number});
        assertThat(bits(out.numbers())).isEqualTo(bits(want[0]));
        assertThat(bits(number.array())).isEqualTo(bits(want[1]));
        Stream.of(x, y, out).forEach(Window::requireNothingElseChanged);
      }
    }
    boolean told =
        switch (memory) {
          case DIRECT -> Runtime.version().feature() >= 22;
          case HEAP -> !way.isReadOnly();
          case BYTES -> false;
        };
    int other = 1 << 10; // memory that nobody handed in: tried only if none was before
    assertThat(compiled.stagedTrials(other)).isEmpty();
    LongPredicate isTaken =
        kinds -> compiled.stagedTrials(kinds).stream().anyMatch(PassTrial::isTaken);
    assertThat(LongStream.range(0, other).filter(isTaken).count()).isEqualTo(told ? 1 : 0);
    assertThat(isTaken.test(CpuProgram.COPIED)).isNotEqualTo(told);
  }

  private static Node in(Shape shape) {
    return inputs(shape)[0];
  }
}
