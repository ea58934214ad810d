package io.lossmith.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.NeedsDevice;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A driver's compiler refuses kernels: the message says what it says. */
@NeedsDevice
class BuildLogTests {
  private static final String FENCE = "\n************************************************\n";
  private static final String UNREAD = "what the driver says is on standard error";

  /** Runs a program and prints why it did not run. */
  static final class Running {
    public static void main(String[] args) {
      try {
        SignalHandlersTests.Building.build(5);
      } catch (EngineException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void theMessageQuotesTheCompiler() {
    assumeTrue(
        Devices.here().preferred().driver().startsWith("Portable Computing Language"),
        "only PoCL can be told to refuse a kernel");
    ChildJvm child =
        ChildJvm.run(Running.class, Map.of("POCL_EXTRA_BUILD_FLAGS", "-Dthis=5 -Dfirst=5"));
    assertThat(child.code()).as(child.err()).isZero();
    assertThat(child.out().lines()).hasSize(1);
    assertThat(child.out())
        .startsWith("opencl: 0 ")
        .containsPattern("OpenCL compile failed; its compiler says: error: \\S+\\.cl:\\d+:\\d+")
        .endsWith("; use the engine cpu\n");
  }

  @Test
  void anyCompilerIsQuoted() {
    assertThat(tell("OpenCL compile failed", "__kernel void k() { nonsense; }"))
        .startsWith("its compiler says: ")
        .contains("error", "nonsense")
        .doesNotContain("\n");
  }

  /** Something is wrong with this process then, not with the kernel. */
  @Test
  void aKernelThatAnotherProcessBuildsIsSaidToBeSound() {
    assertThat(tell("OpenCL compile failed", "__kernel void k() {}"))
        .startsWith("its compiler takes it in a process of its own");
  }

  @Test
  void whereNoCompilerRefusedNoneIsAsked() {
    assertThat(tell("initJNI failed to return a valid handle", "__kernel void k() { nonsense; }"))
        .isEqualTo(UNREAD);
    assertThat(tell("OpenCL compile failed", null)).isEqualTo(UNREAD);
  }

  private static String tell(String message, @Nullable String source) {
    Throwable cause = new IllegalStateException();
    return BuildLog.tell(
        Devices.here().preferred(), new Driver.BuildFailure(message, cause, source));
  }

  @Test
  void theFirstErrorOfTheLogIsQuoted() {
    String log = "Compilation started\n1:1:44: error: use of 'x'\n    1 | x\nerror: more\n";
    assertThat(BuildLog.firstLine("WARNING: a\nclBuildProgram failed" + FENCE + log + FENCE + "\n"))
        .isEqualTo("1:1:44: error: use of 'x'");
    assertThat(BuildLog.firstLine("clBuildProgram failed" + FENCE + "\n out of memory \n" + FENCE))
        .isEqualTo("out of memory");
  }

  @Test
  void whereThereIsNoLogNothingIsQuoted() {
    assertThat(BuildLog.firstLine("error: not of the compiler\n")).isNull();
    assertThat(BuildLog.firstLine("clBuildProgram failed" + FENCE + "\n" + FENCE)).isNull();
    assertThat(BuildLog.firstLine("clBuildProgram failed" + FENCE + "error: cut off")).isNull();
  }

  @Test
  void aVeryLongLineIsCut() {
    String line = BuildLog.firstLine(FENCE + "error: " + "x".repeat(1000) + FENCE);
    assertThat(line).hasSizeLessThan(400).startsWith("error: xxx").endsWith("x…");
  }
}
