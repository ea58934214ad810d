package io.lossmith.djl.cells;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.lossmith.djl.LabelKind;
import io.lossmith.djl.LossmithLoss;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as it is run. */
class DjlCellsTests {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path folder;

  /** What a command said, with standard error behind it. */
  private record Said(int code, String text) {}

  @Test
  void trainLearnsAndLeavesCurvesOverlaysAndModels() throws IOException {
    Said said =
        run(
            "train",
            "--epochs",
            "8",
            "--pictures",
            "24",
            "--size",
            "64",
            "--out",
            folder.toString());
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text()).contains("Training:").contains("100% |");
    String dice = said.text().replaceAll("(?s).*Validation Dice ([\\d.]+) after 24 steps.*", "$1");
    assertThat(Double.parseDouble(dice)).isGreaterThan(0.9);
    for (String picture : List.of("loss.png", "dice.png", "overlays/cells-025.png")) {
      assertThat(ImageIO.read(folder.resolve(picture).toFile())).as(picture).isNotNull();
    }
    assertThat(folder.resolve("cells-0008.params")).isNotEmptyFile();
  }

  @Test
  void trainThatIsEndedSaysWhereItWas() throws Exception {
    String out = folder.resolve("out").toString();
    Process process = start(CLASS_PATH, "train", "--epochs", "1000", "--size", "32", "--out", out);
    while (process.isAlive() && !text().contains("Training:")) {
      Thread.sleep(50);
    }
    process.destroy();
    assertThat(said(process).text())
        .containsPattern(
            "lossmith: stopped after \\d+ steps; the model of the last whole epoch, if any, is in ")
        .doesNotContain("Exception");
  }

  @Test
  void compareMeasuresBoth() {
    Said said = run("compare", "--rounds", "2", "--size", "32");
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text()).contains("loss and its gradient").contains("training step");
  }

  @Test
  void theLossInOperationsOfDjlIsTheSame() {
    PyTorch.start();
    try (NDManager manager = NDManager.newBaseManager();
        LossmithLoss ours = new LossmithLoss(DjlTraining.loss(), LabelKind.CLASS_INDICES, 1)) {
      NDArray logits = manager.randomNormal(new Shape(3, 2, 8, 8)).mul(3);
      NDList labels = new NDList(manager.randomNormal(new Shape(3, 8, 8)).gt(0));
      float[] theirs = gradient(new DiceCrossEntropyOfDjl(), labels, logits.duplicate());
      float[] gradient = gradient(ours, labels, logits.duplicate());
      for (int i = 0; i < gradient.length; i++) {
        assertThat(gradient[i]).isCloseTo(theirs[i], org.assertj.core.api.Assertions.within(1e-7f));
      }
    }
  }

  private static float[] gradient(Loss loss, NDList labels, NDArray logits) {
    logits.setRequiresGradient(true);
    try (GradientCollector collector = logits.getManager().getEngine().newGradientCollector()) {
      collector.backward(loss.evaluate(labels, new NDList(logits)));
    }
    return logits.getGradient().toFloatArray();
  }

  @Test
  void wrongOptionsAreOneLine() {
    assertThat(run("train", "--size", "50"))
        .isEqualTo(new Said(2, "lossmith: train: --size is 50, must be 16 or more, by fours.\n"));
    assertThat(run("train", "--epoch", "3").text())
        .isEqualTo(
            "lossmith: there is no option --epoch; did you mean --epochs? See run train --help.\n");
  }

  @Test
  void missingNativesAreOneLine() throws Exception {
    String path =
        Arrays.stream(CLASS_PATH.split(java.io.File.pathSeparator))
            .filter(entry -> !entry.contains("pytorch-native-cpu"))
            .collect(Collectors.joining(java.io.File.pathSeparator));
    Said said = said(start(path, "compare", "--rounds", "2", "--size", "32"));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.text())
        .startsWith("lossmith: djl: PyTorch does not start, ")
        .contains("pytorch-native-cpu must be on the class path")
        .hasLineCount(1);
  }

  /** The cache is empty and no network is asked. */
  @Test
  void theFirstStartNeedsNoNetwork() throws Exception {
    Said said = said(start(CLASS_PATH, "compare", "--rounds", "2", "--size", "32"));
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text()).contains("training step");
  }

  /** Runs the program in a JVM of its own, whose cache is empty and whose proxies lead nowhere. */
  private Process start(String classPath, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String kind : List.of("http", "https", "socks")) {
      String host = kind.equals("socks") ? "socksProxyHost" : kind + ".proxyHost";
      command.add("-D" + host + "=127.0.0.1");
      command.add("-D" + host.replace("Host", "Port") + "=9");
    }
    command.addAll(List.of("-cp", classPath, DjlCells.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DJL_CACHE_DIR", folder.resolve("cache").toString());
    return builder.redirectOutput(folder.resolve("said").toFile()).start();
  }

  private Said said(Process process) throws Exception {
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new Said(process.exitValue(), text());
  }

  private String text() throws IOException {
    return Files.readString(folder.resolve("said"));
  }

  private static Said run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(to);
    System.setErr(to);
    try {
      int code = DjlCells.run(arguments);
      return new Said(code, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
