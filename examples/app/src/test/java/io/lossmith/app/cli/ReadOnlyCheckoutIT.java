package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout where it may write nothing, with a stand-in for Java. */
@EnabledOnOs(OS.LINUX)
class ReadOnlyCheckoutIT {
  private static final Instant BUILT = Instant.parse("2020-01-02T00:00:00Z");

  @TempDir private Path folder;
  private Path checkout;
  private Path java;

  @BeforeEach
  void makeCheckout() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    java = Files.createDirectories(folder.resolve("java/bin"));
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
    script(java.resolve("java"), "#!/bin/sh\necho it ran\n");
    checkout = Files.createDirectory(folder.resolve("checkout"));
    script(checkout.resolve("lossmith"), Files.readString(Path.of(Launched.command().get(0))));
    Files.createFile(checkout.resolve("pom.xml"));
    Path target = Files.createDirectories(checkout.resolve("examples/app/target/lib")).getParent();
    for (String jar : List.of("lossmith-app.jar", ".built", "lib/picocli-1.jar")) {
      Files.createFile(target.resolve(jar));
    }
    for (String module : List.of("core", "autodiff", "losses", "gpu-opencl", "examples/app")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
      if (!module.contains("/")) {
        Files.createFile(target.resolve("lib/lossmith-" + module + "-1.jar"));
      }
    }
    for (Path file : files()) {
      boolean made = file.startsWith(target);
      Files.setLastModifiedTime(file, FileTime.from(made ? BUILT : BUILT.minusSeconds(60)));
    }
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true, false)).isTrue();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(checkout)) {
      return files.toList();
    }
  }

  /** Nobody else can write there, but its owner may take it away. */
  @AfterEach
  void makeWritable() throws IOException {
    permit("rwxr-xr-x");
  }

  private void permit(String permissions) throws IOException {
    for (Path file : files()) {
      if (Files.isDirectory(file)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      }
    }
  }

  private Launched launched() throws IOException {
    permit("r-xr-xr-x");
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) { // who may write everywhere
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.add(checkout.resolve("lossmith").toString());
    command.add("devices");
    Map<String, String> environment = Map.of("JAVA_HOME", java.getParent().toString());
    return Launched.by(command, folder, environment);
  }

  @Test
  void whatIsBuiltRuns() throws IOException {
    assertThat(launched()).isEqualTo(new Launched(0, "it ran\n", ""));
  }

  @Test
  void sourcesNewerThanTheBuildAreOneLine() throws IOException {
    Path source = Files.createFile(checkout.resolve("core/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(BUILT.plusSeconds(60)));
    String line =
        "lossmith: cannot write to "
            + checkout.toRealPath()
            + ", where the app must be built anew; make it writable, or take a copy of it\n";
    assertThat(launched()).isEqualTo(new Launched(1, "", line));
  }
}
