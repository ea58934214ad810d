package io.lossmith.core.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An implementation of OpenCL that {@code mvn verify -Popencl-matrix} tests, in a JVM that is shown
 * no other. The JVM is told which one it must find, so that none passes for another.
 */
enum OpenClDriver {
  POCL("Portable Computing Language", "Debian: pocl-opencl-icd"),
  RUSTICL("rusticl", "Debian: mesa-opencl-icd"),
  OCLGRIND("Oclgrind", "Debian: oclgrind"),
  INTEL("Intel(R) OpenCL", "gpu-opencl/src/test/drivers/intel/install") {
    @Override
    boolean isInstalled() {
      String folder = System.getProperty("lossmith.opencl.intel", "");
      return Files.exists(Path.of(folder, "lib", "libintelocl.so"));
    }
  };

  /** The name of the driver that this JVM is for. */
  static final String PROPERTY = "lossmith.opencl.driver";

  private final String platform;
  private final String source;

  OpenClDriver(String platform, String source) {
    this.platform = platform;
    this.source = source;
  }

  /**
   * Returns the driver that this JVM is for, or null outside of the matrix.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static @Nullable OpenClDriver asked() {
    return named(System.getProperty(PROPERTY, ""));
  }

  static @Nullable OpenClDriver named(String name) {
    if (name.isBlank()) {
      return null;
    }
    List<OpenClDriver> all = Arrays.asList(values());
    return all.stream()
        .filter(driver -> driver.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "-D" + PROPERTY + ": \"" + name + "\" is none of " + all));
  }

  /**
   * Returns why the driver cannot be tested, or null if it can.
   *
   * @param devices what the engine says of each
   * @throws AssertionError if a device is of another driver
   */
  @Nullable String missing(Map<String, String> devices) {
    devices.forEach(
        (number, device) -> {
          if (!device.contains("; " + platform + ", ")) {
            throw new AssertionError(
                "opencl: device %s is \"%s\", must be of %s; see OCL_ICD_VENDORS"
                    .formatted(number, device, platform));
          }
        });
    return devices.isEmpty() ? "no device of " + platform + "; " + source + " brings it" : null;
  }

  /** Tells whether it should be there where every driver of a package should be. */
  boolean isInstalled() {
    return true;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
