package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lossmith.app.data.Npy;
import io.lossmith.core.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** OpenCL as the command line meets it: loaders and platforms that lack something. */
@EnabledOnOs(OS.LINUX)
class DevicesIT {
  private static final Path VENDORS = Path.of("/etc/OpenCL/vendors");

  @TempDir private Path folder;
  @TempDir private Path vendors;

  @Test
  void devicesTellsWhetherSignalsAreChained() throws IOException {
    take("pocl.icd");
    Launched devices = launched(Map.of(), "devices");
    assertThat(devices.code()).isZero();
    assertThat(devices.err()).isEmpty();
    assertThat(devices.out())
        .containsPattern("(?m)^opencl +\\S")
        .contains("libjsig is loaded: drivers leave the JVM its signal handlers");
  }

  /** That of the system cannot be taken away, so it is hidden by one that is none. */
  @Test
  void aLoaderThatCannotBeLoadedIsOneLine() throws IOException {
    Path loader = Files.writeString(vendors.resolve("libOpenCL.so.1"), "no library");
    Map<String, String> hidden = Map.of("LD_LIBRARY_PATH", vendors.toString());
    assertThat(refused(hidden, "opencl")).contains("cannot be loaded on Linux", loader + ": ");
    Launched devices = launched(hidden, "devices");
    assertThat(devices.code()).isZero();
    assertThat(devices.err()).isEmpty();
    assertThat(devices.out()).contains("no device: the OpenCL library or Aparapi's own cannot be");
  }

  @Test
  void aLoaderWithoutPlatformsIsOneLine() {
    assertThat(refused(Map.of(), "opencl")).contains("the OpenCL loader finds no platform");
    assertThat(refused(Map.of(), "opencl:1")).contains("the OpenCL loader finds no platform");
  }

  /** Nothing is wrong where only the processor is left to choose. */
  @Test
  void autoNeedsNoDevice() {
    Launched loss = launched(Map.of(), "explain", "dice", "--shape", "1,1,8,8", "--engine", "auto");
    assertThat(loss.err()).isEmpty();
    assertThat(loss.code()).isZero();
  }

  @Test
  void aPlatformThatWaitsForItsVariableIsOneLine() throws IOException {
    take("rusticl.icd");
    take("mesa.icd");
    Map<String, String> unknown = Map.of("RUSTICL_ENABLE", "none");
    assertThat(refused(unknown, "opencl"))
        .containsPattern("finds no device of (Clover, rusticl|rusticl, Clover); for rusticl,")
        .contains("RUSTICL_ENABLE is \"none\", must name Mesa's driver of the card");
    take("pocl.icd");
    assertThat(launched(unknown, "devices").out()).contains("RUSTICL_ENABLE is \"none\", must");
    assertThat(refused(unknown, "opencl:llvmpipe"))
        .containsPattern("\"llvmpipe\" is none of 0 \\(.+\\); for rusticl, RUSTICL_ENABLE is");
  }

  @Test
  void devicesOfOneNameAreListedWithTheirNumbers() throws IOException {
    take("pocl.icd");
    Map<String, String> two = Map.of("POCL_DEVICES", "pthread pthread");
    assertThat(refused(two, "opencl:pthread"))
        .containsPattern("is one of several, must be one; use a number of 0 \\(.+\\), 1 \\(.+\\)");
    assertThat(launched(two, "devices").out()).contains("opencl:0  ", "opencl:1  ");
  }

  /** Of the compiler's eighty. */
  @Test
  void aKernelThatTheDriverRefusesIsOneLine() throws IOException {
    take("pocl.icd");
    Npy.write(folder.resolve("p.npy"), Shape.of(1, 1, 1, 2), new float[] {0.8f, 0.2f});
    Map<String, String> bad = Map.of("POCL_EXTRA_BUILD_FLAGS", "-Dthis=5");
    String[] loss = "loss dice --prediction p.npy --target p.npy --engine opencl".split(" ");
    Launched refused = launched(bad, loss);
    assertThat(refused.err().lines()).hasSize(1);
    assertThat(refused.err())
        .startsWith("lossmith: opencl: 0 ")
        .contains("OpenCL compile failed; its compiler says: error: ")
        .endsWith("; use the engine cpu\n");
    assertThat(refused.out()).isEmpty();
    assertThat(refused.code()).isEqualTo(2);
    Launched traced =
        launched(Map.of("LOSSMITH_TRACE", "1", "POCL_EXTRA_BUILD_FLAGS", "-Dthis=5"), loss);
    assertThat(traced.err()).contains("clBuildProgram failed", "\tat io.lossmith");
    assertThat(launched(Map.of(), loss).code()).isZero();
  }

  private void take(String vendor) throws IOException {
    assumeThat(VENDORS.resolve(vendor)).as("the driver is installed").exists();
    Files.copy(VENDORS.resolve(vendor), vendors.resolve(vendor));
  }

  private Launched launched(Map<String, String> more, String... args) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("OCL_ICD_VENDORS", vendors.toString());
    return Launched.in(folder, environment, args);
  }

  private String refused(Map<String, String> environment, String engine) {
    Launched launched =
        launched(environment, "explain", "dice", "--shape", "1,1,8,8", "--engine", engine);
    assertThat(launched.err()).startsWith("lossmith: opencl: ");
    assertThat(launched.err().lines()).hasSize(1);
    assertThat(launched.out()).isEmpty();
    assertThat(launched.code()).isEqualTo(2);
    return launched.err();
  }
}
