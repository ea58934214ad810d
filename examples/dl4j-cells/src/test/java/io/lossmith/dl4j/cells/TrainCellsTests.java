package io.lossmith.dl4j.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user starts it. */
class TrainCellsTests {
  @TempDir Path folder;

  @Test
  void aCurveAndOverlaysAreLeft() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    assertThat(run(jar -> true, "--steps", "2", "--out", out.toString()))
        .startsWith("exit 0\n")
        .contains("step 2 of 2: loss ", "Dice of pictures it has not seen: 0.");
    assertThat(out.resolve("loss.png")).isNotEmptyFile();
    assertThat(out.resolve("cells-025.png")).isNotEmptyFile();
  }

  @Test
  void withoutNativesOneLineSaysSo() throws IOException, InterruptedException {
    assertThat(run(jar -> !jar.matches(".*(linux|macosx|windows)-\\w+\\.jar")).lines())
        .containsExactly(
            "exit 2",
            "lossmith: run: ND4J finds no native library for this machine, must have one; add"
                + " org.nd4j:nd4j-native and org.bytedeco:openblas with the classifier of the"
                + " system, such as linux-x86_64.");
  }

  @Test
  void noStepsAreRefused() throws IOException, InterruptedException {
    assertThat(run(jar -> true, "--steps", "0"))
        .isEqualTo("exit 2\nlossmith: run: --steps is 0, must be 1 at least.\n");
  }

  private static String run(Predicate<String> jars, String... arguments)
      throws IOException, InterruptedException {
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jars)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", path, TrainCells.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "exit " + process.waitFor() + "\n" + said;
  }
}
