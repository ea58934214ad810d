package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher preloads, told by a stand-in for Java that prints it. */
@EnabledOnOs(OS.LINUX)
class PreloadIT {
  private static final Path JSIG = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");

  @TempDir private Path folder;

  /** The stand-in cannot. */
  @BeforeAll
  static void buildIfNeeded(@TempDir Path anywhere) {
    assertThat(Launched.in(anywhere, "--version").code()).isZero();
  }

  /** The launcher leaves an archive of classes for each Java that it has met. */
  @AfterEach
  void deleteArchives() throws IOException {
    Path target = Path.of(Launched.command().get(0)).resolveSibling("examples/app/target");
    String start =
        "classes-17.0.1" + folder.toRealPath().toString().replaceAll("[^A-Za-z0-9.]", "-");
    try (var files = Files.newDirectoryStream(target, start + "*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private Path java(String name, String library) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s' \"$LD_PRELOAD\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    if (!library.isEmpty()) {
      Path to = home.resolve(library);
      Files.createDirectories(to.getParent());
      Files.copy(JSIG, to);
    }
    return home.toRealPath();
  }

  private Launched launched(Path home, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("JAVA_HOME", home.toString());
    return Launched.in(folder, environment, "devices");
  }

  @Test
  void theLibraryOfTheJavaThatRunsIsPreloaded() throws IOException {
    Path home = java("jdk", "lib/libjsig.so");
    assertThat(launched(home, Map.of()).out()).isEqualTo(home + "/lib/libjsig.so");
    Path older = java("older", "lib/server/libjsig.so");
    assertThat(launched(older, Map.of()).out()).isEqualTo(older + "/lib/server/libjsig.so");
  }

  @Test
  void whatTheUserPreloadsComesFirst() throws IOException {
    Path home = java("jdk", "lib/libjsig.so");
    assertThat(launched(home, Map.of("LD_PRELOAD", "libm.so.6")).out())
        .isEqualTo("libm.so.6:" + home + "/lib/libjsig.so");
    assertThat(launched(home, Map.of("LD_PRELOAD", JSIG.toString())).out())
        .isEqualTo(JSIG.toString());
  }

  @Test
  void whatCannotBePreloadedIsNotTried() throws IOException {
    for (Path home : new Path[] {java("none", ""), java("a b", "lib/libjsig.so")}) {
      Launched launched = launched(home, Map.of());
      assertThat(launched.out()).isEmpty();
      assertThat(launched.err()).isEmpty();
    }
  }
}
