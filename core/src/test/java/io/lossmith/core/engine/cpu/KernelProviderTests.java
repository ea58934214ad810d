package io.lossmith.core.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.op.Unary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The choice is made once per JVM, so each case has a JVM of its own. */
class KernelProviderTests {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** What the other JVM runs. */
  static final class Probe {
    public static void main(String[] arguments) {
      Kernels kernels = KernelProvider.kernels();
      float[] out = new float[100];
      kernels.unary(Unary.SIGMOID, new float[100], 0, out, 0, 100);
      boolean same = kernels == KernelProvider.kernels();
      System.out.println(kernels.getClass().getSimpleName() + " " + out[99] + " " + same);
    }
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
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
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
