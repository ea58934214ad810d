package io.lossmith.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.aparapi.Range;
import com.aparapi.internal.kernel.KernelManager;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.NeedsDevice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A driver's compiler refuses kernels: the message says what it says. */
@NeedsDevice
class BuildLogTests {
  private static final String WARNING =
      "Device failed for Some, devices={A}: OpenCL compile failed";
  private static final String FENCE = "\n************************************************\n";

  /** A kernel that any driver takes. */
  public static final class Sound extends FusedKernel {
    public float[] values = new float[64];

    @Override
    public void run() {
      requireDevice();
      values[getGlobalId()] = 1f;
    }
  }

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
    assumeThat(Devices.here().preferred().driver()).startsWith("Portable Computing Language");
    ChildJvm child =
        ChildJvm.run(Running.class, Map.of("POCL_EXTRA_BUILD_FLAGS", "-Dthis=5 -Dfirst=5"));
    assertThat(child.code()).as(child.err()).isZero();
    assertThat(child.out().lines()).hasSize(1);
    assertThat(child.out())
        .startsWith("opencl: ")
        .containsPattern("OpenCL compile failed; its compiler says: error: \\S+\\.cl:\\d+:\\d+")
        .endsWith("; use the engine cpu\n");
  }

  /** Something is wrong with this process then, not with the kernel. */
  @Test
  void aKernelThatAnotherProcessBuildsIsSaidToBeSound() {
    Device device = Devices.here().preferred();
    Sound kernel = new Sound();
    KernelManager.instance()
        .setPreferredDevices(kernel, new LinkedHashSet<>(List.of(device.handle())));
    kernel.execute(Range.create(device.handle(), 64, 8));
    assertThat(kernel.values).containsOnly(1f);
    assertThat(BuildLog.tell(device, Sound.class, WARNING))
        .startsWith("its compiler takes it in a process of its own");
    assertThat(BuildLog.tell(device, Sound.class, "Device failed for Some: launch failed"))
        .isEqualTo("what the driver says is on standard error");
    kernel.dispose();
    AparapiMemory.forget(Sound.class);
    assertThat(BuildLog.tell(device, Sound.class, WARNING))
        .isEqualTo("what the driver says is on standard error");
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
