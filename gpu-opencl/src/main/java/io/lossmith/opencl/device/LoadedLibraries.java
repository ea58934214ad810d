package io.lossmith.opencl.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The native libraries that Linux has loaded into this process. */
final class LoadedLibraries {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private LoadedLibraries() {}

  /** Returns whether one of a file name is there; false where the system does not tell. */
  static boolean contain(String name) {
    try {
      // Paths may hold any bytes.
      return Files.readString(MAPS, StandardCharsets.ISO_8859_1).contains("/" + name);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
