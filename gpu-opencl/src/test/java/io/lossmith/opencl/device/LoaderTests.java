package io.lossmith.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.NeedsDevice;
import io.lossmith.opencl.OpenClEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What loaders and platforms are like where something is missing, in JVMs of their own. */
@EnabledOnOs(OS.LINUX)
@NeedsDevice
class LoaderTests {
  private static final Path VENDORS = Path.of("/etc/OpenCL/vendors");

  @TempDir private Path folder;

  /** Prints the devices and what the engine says when it is asked for one. */
  static final class Listing {
    public static void main(String[] args) {
      Devices devices = Devices.here();
      System.out.println("devices: " + devices.all());
      System.out.println("idle: " + devices.idle());
      new OpenClEngine().remarks().forEach(System.out::println);
      try {
        devices.named("no such device");
      } catch (EngineException | IllegalArgumentException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  /** A loader is there in name only: that of the system cannot be taken away. */
  @Test
  void aLoaderThatCannotBeLoadedIsNamed() throws IOException {
    Files.writeString(folder.resolve("libOpenCL.so.1"), "no library");
    ChildJvm child = list(Map.of("LD_LIBRARY_PATH", folder.toString()));
    assertThat(child.out())
        .contains("devices: []")
        .contains(
            "refused: opencl: no device: the OpenCL library or Aparapi's own cannot be loaded")
        .contains("(" + folder.resolve("libOpenCL.so.1") + ": ")
        .contains("); install an OpenCL loader (Debian: ocl-icd-libopencl1) and a driver; or use");
    assertThat(child.err()).doesNotContain("Aparapi", "\tat ");
  }

  @Test
  void aLoaderWithoutPlatformsIsToldFromNone() {
    ChildJvm child = list(vendors(""));
    assertThat(child.out())
        .contains("devices: []")
        .contains("refused: opencl: no device: the OpenCL loader finds no platform; install the");
    assertThat(child.err()).doesNotContain("Aparapi", "\tat ");
  }

  @Test
  void aPlatformWithoutDevicesStandsBesideOneWith() throws IOException {
    take("mesa.icd");
    assertThat(list(vendors("")).out())
        .contains(
            "refused: opencl: no device: the OpenCL loader finds no device of Clover; install");
    take("pocl.icd");
    ChildJvm child = list(vendors(""));
    assertThat(child.out())
        .contains("devices: [0 ", "idle: Clover\n", "is none of 0 (")
        .doesNotContain("RUSTICL_ENABLE");
  }

  @Test
  void aPlatformThatWaitsForItsVariableSaysSo() throws IOException {
    take("rusticl.icd");
    assertThat(list(vendors("none")).out())
        .contains("refused: opencl: no device: the OpenCL loader finds no device of rusticl; for")
        .contains(
            "rusticl, RUSTICL_ENABLE is \"none\", must name Mesa's driver of the card, such as");
    assertThat(list(vendors("")).out())
        .contains("for rusticl, RUSTICL_ENABLE is not set, must name");
    take("pocl.icd");
    assertThat(list(vendors("")).out())
        .contains("devices: [0 ", "\nfor rusticl, RUSTICL_ENABLE is not set, must name")
        .containsPattern("is none of 0 \\(.*\\); for rusticl, RUSTICL_ENABLE is not set");
  }

  @Test
  void devicesOfOneNameAreDistinguishedByNumber() throws IOException {
    take("pocl.icd");
    ChildJvm child =
        list(Map.of("OCL_ICD_VENDORS", folder.toString(), "POCL_DEVICES", "pthread pthread"));
    assertThat(child.out()).containsPattern("devices: \\[0 (.+), 1 \\1\\]");
  }

  private Map<String, String> vendors(String rusticl) {
    return Map.of("OCL_ICD_VENDORS", folder.toString(), "RUSTICL_ENABLE", rusticl);
  }

  private void take(String vendor) throws IOException {
    assumeThat(VENDORS.resolve(vendor)).as("the driver is installed").exists();
    Files.copy(VENDORS.resolve(vendor), folder.resolve(vendor));
  }

  private static ChildJvm list(Map<String, String> environment) {
    ChildJvm child = ChildJvm.run(Listing.class, environment);
    assertThat(child.code()).as(child.err()).isZero();
    return child;
  }
}
