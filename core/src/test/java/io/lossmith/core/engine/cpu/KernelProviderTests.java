package io.lossmith.core.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Unary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How the CPU engine is set up. The choice of kernels is made once per JVM, so each case has a JVM
 * of its own.
 */
class KernelProviderTests {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** What the other JVM runs; with a word, as those do who ask for the default engine. */
  static final class Probe {
    public static void main(String[] arguments) {
      if (arguments.length > 0) {
        useTheDefault();
        return;
      }
      Kernels kernels = KernelProvider.kernels();
      float[] out = new float[100];
      kernels.unary(Unary.SIGMOID, new float[100], 0, out, 0, 100);
      boolean same = kernels == KernelProvider.kernels();
      System.out.println(kernels.getClass().getSimpleName() + " " + out[99] + " " + same);
    }

    private static void useTheDefault() {
      Engine engine = Engines.defaultEngine();
      Graph graph =
          Graph.of(List.of(Shape.of(2)), List.of(Node.leaf(new Leaf.Input(0), Shape.of(2))));
      for (int i = 0; i < 2; i++) { // the second time is no NoClassDefFoundError
        try {
          engine.compile(graph).close();
          System.out.println("compiled by " + engine.name());
        } catch (IllegalArgumentException e) {
          System.out.println(engine.name() + ": " + e.getMessage());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lossmith.threads, 0, must be a whole number in 1..4096",
    "lossmith.threads, two, must be a whole number in 1..4096",
    "lossmith.simd, yes, must be true or false",
  })
  void aBadPropertyEndsEachCallThatNeedsItAndNoOtherEngineServes(
      String name, String value, String must) throws Exception {
    String said = probe(true, MODULE, "-D" + name + "=" + value);
    String words = "cpu: -D" + name + " is \"" + value + "\", " + must;
    assertThat(said.lines().filter(line -> line.startsWith(words))).hasSize(2);
    assertThat(said).doesNotContain("compiled by", "Exception", "could not be loaded");
  }

  @Test
  void withoutAPropertyTheCpuEngineIsTheDefault() throws Exception {
    assertThat(probe(true, MODULE)).contains("compiled by cpu");
  }

  @Test
  void withTheModuleTheVectorKernelsRun() throws Exception {
    assertThat(probe(MODULE)).contains("SimdKernels 0.5 true").doesNotContain("plain Java");
  }

  @Test
  void withoutTheModulePlainJavaRunsAndOneSentenceSaysWhatToDo() throws Exception {
    String said = probe();
    assertThat(said).contains("PlainKernels 0.5 true");
    assertThat(said).containsOnlyOnce("start java with --add-modules jdk.incubator.vector");
  }

  @Test
  void thePropertyForcesPlainJavaWithoutAWord() throws Exception {
    assertThat(probe(MODULE, "-Dlossmith.simd=false"))
        .contains("PlainKernels 0.5 true")
        .doesNotContain("several times slower");
    assertThat(probe("-Dlossmith.simd=false")).doesNotContain("several times slower");
  }

  @Test
  void vectorsOfTwoFloatsAreNotWorthIt() throws Exception {
    assertThat(probe(MODULE, "-XX:MaxVectorSize=8"))
        .contains("PlainKernels 0.5 true")
        .contains("vectors here hold 2 floats, must be");
  }

  private static String probe(String... options) throws IOException, InterruptedException {
    return probe(false, options);
  }

  private static String probe(boolean theDefault, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
    if (theDefault) {
      command.add("default");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
