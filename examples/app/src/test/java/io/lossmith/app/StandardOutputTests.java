package io.lossmith.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StandardOutputTests {
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatCannotBePrintedIsAnError() throws IOException, InterruptedException {
    for (String[] command : new String[][] {{"losses"}, {"losses", "dice"}, {"--help"}}) {
      Process process = started(new File("/dev/full"), command);
      String err = new String(process.getErrorStream().readAllBytes());
      assertThat(process.waitFor()).isEqualTo(2);
      assertThat(err)
          .isEqualTo(
              "lossmith: standard output cannot be written; the disk is full; make room and try"
                  + " again.\n");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsPrintedLeavesTheExitCodeAlone() throws IOException, InterruptedException {
    assertThat(started(new File("/dev/null"), "losses").waitFor()).isZero();
  }

  private static Process started(File out, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.command().addAll(List.of(arguments));
    return builder.redirectOutput(out).start();
  }
}
