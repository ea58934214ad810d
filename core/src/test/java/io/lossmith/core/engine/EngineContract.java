package io.lossmith.core.engine;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.check;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.parameter;
import static io.lossmith.core.graph.Nodes.reshape;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every engine must do, judged by the reference. Extend it and name the engine. */
public abstract class EngineContract {
  /** Returns the engine under test. */
  protected abstract Engine engine();

  /** Returns how near to the table's numbers, relative to them, results must come. */
  protected double tableTolerance() {
    return 2e-6;
  }

  /** Returns how many samples run as one program: more where compiling takes long. */
  protected int together() {
    return 1;
  }

  /** Tells whether a sample is run: not those that would take an engine too long. */
  protected boolean isAsked(Sample sample) {
    return true;
  }

  @TestFactory
  Stream<DynamicTest> everyOperationGivesTheNumbersInTheTable() {
    Map<Sample, OpTable.Row> rows = new LinkedHashMap<>();
    OpTable.rows().forEach(row -> rows.put(sample(row), row));
    return JoinedSamples.of(List.copyOf(rows.keySet()), together()).stream()
        .flatMap(
            joined ->
                joined.samples().stream()
                    .map(sample -> tableTest(rows.get(sample), sample, joined)));
  }

  private static Sample sample(OpTable.Row row) {
    List<Node> inputs = new ArrayList<>();
    List<Node> constants = new ArrayList<>();
    for (int i = 0; i < row.operands().length; i++) {
      inputs.add(Node.leaf(new Leaf.Input(i), row.shapes().get(i)));
      constants.add(Node.leaf(new Leaf.Data(row.operands()[i], false), row.shapes().get(i)));
    }
    Node ofInputs = Node.of(row.op(), inputs, null);
    Node ofConstants = Node.of(row.op(), constants, null);
    Graph graph = Graph.of(row.shapes(), List.of(ofInputs, ofConstants));
    return new Sample(row.toString(), graph, row.operands(), 0);
  }

  private DynamicTest tableTest(OpTable.Row row, Sample sample, JoinedSamples joined) {
    return dynamicTest(
        row.toString(),
        () -> {
          for (float[] output : joined.run(engine(), sample)) {
            Closeness.requireRelative(row::toString, row.want(), output, tableTolerance());
          }
        });
  }

  private List<Sample> samples() {
    return Samples.all().stream().filter(this::isAsked).toList();
  }

  @TestFactory
  Stream<DynamicTest> samplesAreAsTheReferenceComputesThem() {
    return JoinedSamples.of(samples(), together()).stream()
        .flatMap(
            joined ->
                joined.samples().stream()
                    .map(
                        sample ->
                            dynamicTest(
                                sample.name(),
                                () -> sample.require(joined.run(engine(), sample)))));
  }

  @TestFactory
  Stream<DynamicTest> sameBitsForAnyNumberOfThreads() {
    return JoinedSamples.of(samples(), together()).stream()
        .map(JoinedSamples::whole)
        .map(sample -> dynamicTest(sample.name(), () -> sameBits(sample)));
  }

  private void sameBits(Sample sample) {
    Warmth.of(engine());
    Warmth.eventually(engine(), sample, () -> compareThreads(sample));
  }

  private void compareThreads(Sample sample) {
    float[][] first = sample.run(engine().withThreads(1));
    for (int threads : new int[] {1, 2, 7}) {
      float[][] again = sample.run(engine().withThreads(threads));
      assertThat(Arrays.deepEquals(again, first)).as(threads + " threads").isTrue();
    }
  }

  @Test
  void aProgramGivesTheSameBitsEachTime() {
    for (Sample sample : List.of(sample("dice "), sample("length 65537", "length 513"))) {
      Warmth.eventually(engine(), sample, () -> compareRuns(sample));
    }
  }

  private void compareRuns(Sample sample) {
    try (Program program = engine().compile(sample.graph())) {
      float[][] first = sample.outputs();
      program.run(sample.inputs(), first);
      for (int i = 0; i < 20; i++) {
        float[][] again = sample.outputs();
        program.run(sample.inputs(), again);
        assertThat(Arrays.deepEquals(again, first)).as(sample.name()).isTrue();
      }
    }
  }

  /** Returns the first that is asked for and begins with the first of these that one does. */
  private Sample sample(String... starts) {
    return Arrays.stream(starts)
        .flatMap(start -> samples().stream().filter(s -> s.name().startsWith(start)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eightThreadsShareAProgram() {
    Sample sample = sample("dice ");
    Warmth.eventually(engine(), sample, () -> compareCallers(sample));
  }

  private void compareCallers(Sample sample) {
    float[][] want = sample.run(engine());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Program program = engine().compile(sample.graph())) {
      Callable<float[][]> task =
          () -> {
            float[][] outputs = sample.outputs();
            for (int i = 0; i < 20; i++) {
              program.run(sample.inputs(), outputs);
            }
            return outputs;
          };
      for (Future<float[][]> done : threads.invokeAll(Collections.nCopies(8, task))) {
        assertThat(Arrays.deepEquals(done.get(), want)).isTrue();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void buffersGiveTheBitsOfArrays() {
    for (Sample sample :
        List.of(
            sample("dice "), sample("length 65537", "length 513"), sample("move: pad", "dice "))) {
      Warmth.eventually(engine(), sample, () -> compareBuffers(sample));
    }
  }

  private void compareBuffers(Sample sample) {
    Random random = new Random(7);
    try (Program program = engine().compile(sample.graph())) {
      float[][] arrays = sample.outputs();
      program.run(sample.inputs(), arrays);
      for (int i = 0; i < 10; i++) {
        Window.requireSameBits(program, sample.inputs(), arrays, random);
      }
      float[][] again = sample.outputs();
      program.run(sample.inputs(), again);
      assertThat(Arrays.deepEquals(again, arrays)).as(sample.name()).isTrue();
    }
  }

  @Test
  void aParameterIsReadAtEachRun() {
    float[] values = {1, 2, 3};
    Node x = input(0, 3);
    Node w = parameter(Shape.of(3), values);
    Graph graph = Graph.of(List.of(Shape.of(3)), List.of(mul(x, w), total(exp(w)), w));
    try (Program program = engine().compile(graph)) {
      float[][] outputs = {new float[3], new float[1], new float[3]};
      program.run(new float[][] {{1, 1, 2}}, outputs);
      assertThat(outputs[0]).containsExactly(1, 2, 6);
      values[2] = 10;
      program.run(new float[][] {{1, 1, 2}}, outputs);
      assertThat(outputs[0]).containsExactly(1, 2, 20);
      assertThat(outputs[2]).containsExactly(1, 2, 10);
      Closeness.require(
          () -> "sum", new double[] {Math.E + Math.exp(2) + Math.exp(10)}, outputs[1], 1e-5);
    }
  }

  @Test
  void longerArraysAreReadAndWrittenAtTheirBeginning() {
    Graph graph = Graph.of(List.of(Shape.of(3)), List.of(exp(input(0, 3)), total(input(0, 3))));
    float[][] outputs = {{9, 9, 9, 9}, {9, 9}};
    run(graph, new float[][] {{0, 0, 0, 5, 5}}, outputs);
    assertThat(outputs[0]).containsExactly(1, 1, 1, 9);
    assertThat(outputs[1]).containsExactly(0, 9);
  }

  @Test
  void inputsAreLeftAlone() {
    Sample sample = Samples.all().get(10);
    float[][] before = Arrays.stream(sample.inputs()).map(float[]::clone).toArray(float[][]::new);
    sample.run(engine());
    assertThat(sample.inputs()).isDeepEqualTo(before);
  }

  @Test
  void aBrokenCheckNamesTheFirstBadValue() {
    Node x = input(0, 2, 1, 3);
    Node checked = check("bce: prediction", x, 0, 1);
    Graph graph = Graph.of(List.of(Shape.of(2, 1, 3)), List.of(total(exp(checked)), checked));
    float[][] outputs = {new float[1], new float[6]};
    try (Program program = engine().compile(graph)) {
      float[] good = {0, 0.25f, 0.5f, 0.75f, 1, 0};
      program.run(new float[][] {good}, outputs);
      assertThat(outputs[1]).containsExactly(good);
      assertBreaks(program, new float[] {0, 1, 0, 0, 2, 3}, "bce: prediction is 2 at [1, 0, 1]");
      assertBreaks(
          program, new float[] {0, 1, -0.5f, 0, 2, 3}, "bce: prediction is -0.5 at [0, 0, 2]");
      assertBreaks(
          program, new float[] {0, 1, 0, Float.NaN, 2, 3}, "bce: prediction is NaN at [1, 0, 0]");
      program.run(new float[][] {good}, outputs);
      assertThat(outputs[1]).containsExactly(good);
    }
  }

  private static void assertBreaks(Program program, float[] x, String message) {
    assertThatThrownBy(() -> program.run(new float[][] {x}, new float[][] {{0}, new float[6]}))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + "; must be 0..1");
  }

  @TestFactory
  Stream<DynamicTest> checksHoldForGoodDataAndNameTheFirstThatIsBad() {
    return CheckCases.all().stream()
        .map(check -> dynamicTest(check.name(), () -> check.require(engine())));
  }

  @Test
  void ofSeveralChecksTheFirstBrokenOneIsReported() {
    Node x = check("x", input(0, 3), 0, 1);
    Node y = check("y", mul(input(1, 3), scalar(2)), 0, 1);
    List<Shape> shapes = List.of(Shape.of(3), Shape.of(3));
    Graph graph = Graph.of(shapes, List.of(total(mul(x, y)), check("sum", add(x, y), 0, 1.5)));
    float[][] outputs = {new float[1], new float[3]};
    float[] fine = {0, 0.5f, 0.25f};
    run(graph, new float[][] {fine, fine}, outputs);
    assertThatThrownBy(() -> run(graph, new float[][] {fine, {0, 2, 3}}, outputs))
        .hasMessage("y is 4 at [1]; must be 0..1");
    assertThatThrownBy(() -> run(graph, new float[][] {{1, 7, 1}, {0, 2, 3}}, outputs))
        .hasMessage("x is 7 at [1]; must be 0..1");
    assertThatThrownBy(() -> run(graph, new float[][] {{0, 0, 1}, {0, 0, 0.5f}}, outputs))
        .hasMessage("sum is 2 at [2]; must be 0..1.5");
  }

  @Test
  void aCheckOnALargeInputIsFoundWhereverItBreaks() {
    int n = 100_003;
    Node x = reshape(check("labels", input(0, n), 0, 3), 1, n);
    Graph graph = Graph.of(List.of(Shape.of(n)), List.of(sum(sigmoid(x), 1)));
    float[] values = new float[n];
    try (Program program = engine().compile(graph)) {
      for (int bad : new int[] {0, 1, 1023, 1024, 50_000, n - 1}) {
        values[bad] = 4;
        assertThatThrownBy(() -> program.run(new float[][] {values}, new float[][] {{0}}))
            .hasMessage("labels is 4 at [" + bad + "]; must be 0..3");
        values[bad] = 0;
      }
      program.run(new float[][] {values}, new float[][] {{0}});
    }
  }

  @Test
  void arraysThatDoNotFitAreRefused() {
    List<Shape> shapes = List.of(Shape.of(2, 3));
    Graph graph = Graph.of(shapes, List.of(exp(input(0, 2, 3))));
    String name = engine().name();
    float[] six = new float[6];
    assertRefused(
        graph,
        new float[][] {new float[5]},
        new float[][] {six},
        name + ": input 0 has 5 numbers, must have at least 6 for the shape [2, 3]");
    assertRefused(
        graph,
        new float[][] {six},
        new float[][] {{}},
        name + ": output 0 has 0 numbers, must have at least 6 for the shape [2, 3]");
    assertRefused(
        graph, new float[][] {}, new float[][] {six}, name + ": 0 input arrays, must be 1");
    assertRefused(
        graph,
        new float[][] {six},
        new float[][] {six.clone(), six.clone()},
        name + ": 2 output arrays, must be 1");
    assertRefused(
        graph,
        new float[][] {null},
        new float[][] {six},
        name + ": input 0 is null, must be an array for [2, 3]");
    assertRefused(
        graph,
        new float[][] {six},
        new float[][] {null},
        name + ": output 0 is null, must be an array for [2, 3]");
    assertRefused(
        graph,
        new float[][] {six},
        new float[][] {six},
        name + ": output 0 is the same array as input 0, must be one of its own");
  }

  private void assertRefused(Graph graph, float[][] inputs, float[][] outputs, String message) {
    assertThatThrownBy(() -> run(graph, inputs, outputs))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aClosedProgramSaysSo() {
    Program program = engine().compile(Graph.of(List.of(), List.of(scalar(1))));
    program.close();
    program.close();
    assertThatThrownBy(() -> program.run(new float[0][], new float[][] {{0}}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(engine().name() + ": this program is closed; compile it again");
  }

  @Test
  void threadsBelowOneAreRefused() {
    assertThatThrownBy(() -> engine().withThreads(0))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" is 0, must be ");
  }

  @Test
  void explainingNamesOperations() {
    Graph graph = Graph.of(List.of(Shape.of(9)), List.of(total(sigmoid(input(0, 9)))));
    try (Program program = engine().compile(graph)) {
      assertThat(program.explain()).contains("sigmoid", "sum");
    }
  }

  @Test
  void theEngineSaysWhatItIs() {
    assertThat(engine().name()).matches("[a-z0-9-]+");
    assertThat(engine().description()).isNotBlank().doesNotContain("\n");
    assertThat(Engines.byName(engine().name()).name()).isEqualTo(engine().name());
  }

  private void run(Graph graph, float[][] inputs, float[][] outputs) {
    try (Program program = engine().compile(graph)) {
      program.run(inputs, outputs);
    }
  }
}
