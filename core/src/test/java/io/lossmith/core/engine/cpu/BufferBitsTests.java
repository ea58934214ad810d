package io.lossmith.core.engine.cpu;

import static io.lossmith.core.graph.Nodes.check;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import io.lossmith.core.engine.RandomGraph;
import io.lossmith.core.engine.Sample;
import io.lossmith.core.engine.Samples;
import io.lossmith.core.engine.Window;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Loops that go through buffers of the caller's compute what they do in arrays. */
class BufferBitsTests {
  /** Numbers of all nodes of a sample that takes no more than some tenths of a second. */
  private static final long LARGE = 2_000_000;

  private static final List<Engine> ENGINES =
      CpuEngines.hasSimd()
          ? List.of(CpuEngines.plain(), CpuEngines.simd(), CpuEngines.inRegisters())
          : List.of(CpuEngines.plain());

  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.arbitrary();
  }

  @Property(tries = 300)
  void anyGraph(@ForAll("graphs") RandomGraph random) {
    requireSameBits(new Sample(random.toString(), random.graph(), random.inputs(), 0));
  }

  @TestFactory
  Stream<DynamicTest> anySample() {
    return Samples.all().stream()
        .filter(sample -> sample.numbers() < LARGE)
        .map(sample -> dynamicTest(sample.name(), () -> requireSameBits(sample)));
  }

  private static void requireSameBits(Sample sample) {
    Random random = new Random(sample.name().hashCode());
    for (Engine engine : ENGINES) {
      try (Program program = engine.compile(sample.graph())) {
        float[][] arrays = sample.outputs();
        program.run(sample.inputs(), arrays);
        for (int i = 0; i < 3; i++) {
          Window.requireSameBits(program, sample.inputs(), arrays, random);
        }
      }
    }
  }

  /** With plain loops, because vectors are objects until the compiler has dissolved them. */
  @Test
  void onceWarmNothingIsAllocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String start : List.of("dice ", "length 4099", "move: pad", "windows")) {
      Sample sample =
          Samples.all().stream().filter(s -> s.name().startsWith(start)).findFirst().orElseThrow();
      FloatBuffer[] inputs = direct(sample.inputs());
      FloatBuffer[] outputs = direct(sample.outputs());
      try (Program program = CpuEngines.plain().withThreads(1).compile(sample.graph())) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 2000 && least > 0; round++) {
          long before = threads.getCurrentThreadAllocatedBytes();
          program.run(inputs, outputs);
          least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as(sample.name()).isZero();
      }
    }
  }

  @Test
  void aBrokenCheckIsNamed() {
    Node checked = check("mask", input(0, 3), 0, 1);
    Graph graph = Graph.of(List.of(Shape.of(3)), List.of(exp(checked)));
    FloatBuffer direct = Window.Memory.DIRECT.allocate(5).put(3, 7).position(1).limit(4);
    try (Program program = new CpuEngine().compile(graph)) {
      FloatBuffer[] inputs = {direct};
      assertThatThrownBy(() -> program.run(inputs, new FloatBuffer[] {FloatBuffer.allocate(3)}))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("mask is 7 at [2]; must be 0..1");
    }
  }

  private static FloatBuffer[] direct(float[][] arrays) {
    return Arrays.stream(arrays)
        .map(array -> Window.of(Window.Memory.DIRECT, Window.Way.POSITION, 5, array).buffer())
        .toArray(FloatBuffer[]::new);
  }
}
