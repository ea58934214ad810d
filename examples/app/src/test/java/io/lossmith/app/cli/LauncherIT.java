package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Drawn;
import io.lossmith.app.data.Npy;
import io.lossmith.app.data.NpyArray;
import io.lossmith.app.io.Json;
import io.lossmith.core.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a user meets it, but for training. */
class LauncherIT {
  @TempDir private Path folder;

  @Test
  void helpNamesEveryCommandAndReadsWell() {
    Launched help = Launched.in(folder, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains(
            "train", "predict", "evaluate", "loss ", "losses", "verify", "bench", "Exit codes");
    assertThat(help.err()).isEmpty();
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "predict",
        "evaluate",
        "loss",
        "losses",
        "explain",
        "verify",
        "devices",
        "bench"
      })
  void everyCommandHasHelp(String command) {
    Launched help = Launched.in(folder, command, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Usage: lossmith " + command);
    assertThat(help.err()).isEmpty();
  }

  @Test
  void theVersionIsTold() {
    assertThat(Launched.in(folder, "--version").out()).startsWith("lossmith 0").contains("Java");
  }

  @Test
  void lossesListsTheCatalogueAndExplainsOne() {
    assertThat(Launched.in(folder, "losses").out()).contains("dice", "cross-entropy");
    Launched dice = Launched.in(folder, "losses", "dice");
    assertThat(dice.out()).contains("(2I + a)/(P + T + b)", "activation", "smooth");
  }

  @Test
  void explainShowsWhatRuns() {
    Launched dice =
        Launched.in(
            folder, "explain", "dice", "--shape", "2,1,64,64", "--set", "activation=sigmoid");
    assertThat(dice.err()).isEmpty();
    assertThat(dice.out()).contains("step 1: fused pass", "sigmoid in0", "Dice.java");
    refused(
        Launched.in(folder, "explain", "dice", "--shape", "2,one"), "must be sizes as in 8,1,512");
  }

  @Test
  void devicesListsTheEngines() {
    assertThat(Launched.in(folder, "devices").out())
        .contains("cpu ", "the default", "reference ", "cores");
  }

  @Test
  void anomalyNamesTheOperationAndItsLine() throws IOException {
    save("p.npy", Float.POSITIVE_INFINITY, 0.5f);
    save("t.npy", 1, 0);
    refused(loss("mse", "--anomaly"), "anomaly: input 0 [1, 1, 1, 2] is Infinity at [0, 0, 0, 0]");
  }

  @Test
  void lossGivesValueAndGradient() throws IOException {
    save("p.npy", 0.8f, 0.2f);
    save("t.npy", 1, 0);
    Launched text = loss("dice", "--set", "smooth=0", "--gradient", "g.npy");
    assertThat(text.err()).isEmpty();
    assertThat(text.code()).isZero();
    assertThat(text.out())
        .contains("value     0.1999", "gradient  [1, 1, 1, 2]", "written   g.npy");
    NpyArray gradient = Npy.read(folder.resolve("g.npy"));
    assertThat(gradient.shape()).isEqualTo(Shape.of(1, 1, 1, 2));
    assertThat(gradient.values()).containsExactly(new float[] {-0.6f, 0.4f}, Offset.offset(1e-5f));
    Map<?, ?> json = (Map<?, ?>) Json.read(loss("dice", "--set", "smooth=0", "--json").out());
    assertThat(((Number) json.get("value")).doubleValue()).isBetween(0.1999, 0.2001);
    assertThat((List<?>) json.get("gradient")).hasSize(2);
  }

  @Test
  void aMaskLeavesPixelsOut() throws IOException {
    save("p.npy", 0.8f, 0.2f);
    save("t.npy", 1, 1);
    save("m.npy", 1, 0);
    Launched masked =
        loss("dice", "--set", "smooth=0", "--mask", "m.npy", "--json", "--engine", "reference");
    Map<?, ?> json = (Map<?, ?>) Json.read(masked.out());
    assertThat(((Number) json.get("value")).doubleValue()).isBetween(0.111, 0.1112); // 1 − 1.6/1.8
    assertThat(json.get("engine")).isEqualTo("reference");
  }

  @Test
  void verifyEndsWith0OrWith1OrWith2() throws IOException {
    String right =
        "{\"id\": \"a\", \"loss\": \"dice\", \"options\": {\"smooth\": 0},"
            + " \"prediction\": {\"shape\": [1,1,2], \"values\": [0.8,0.2]},"
            + " \"target\": {\"shape\": [1,1,2], \"values\": [1,0]},"
            + " \"expected\": {\"value\": 0.2}, \"tolerance\": 2e-5}";
    Files.writeString(folder.resolve("right.jsonl"), right);
    Files.writeString(folder.resolve("wrong.jsonl"), right.replace("0.2},", "0.3},"));
    Launched passed = Launched.in(folder, "verify", "right.jsonl", "--report", "report.jsonl");
    assertThat(passed.code()).isZero();
    assertThat(passed.out()).contains("1 cases, 1 passed, 0 failed");
    assertThat(folder.resolve("report.jsonl")).content().contains("\"pass\":true");
    Launched failed = Launched.in(folder, "verify", "wrong.jsonl");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).contains("a: value is 0.19999");
    refused(Launched.in(folder, "verify", "none.jsonl"), "there is no such file");
  }

  /** Of each command that computes, before it reads or makes anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --steps 1 --out out",
        "loss dice --prediction none.npy --target none.npy",
        "explain dice --shape 1,1,8,8",
        "verify none.jsonl",
        "bench --seconds 0.1",
      })
  void anEngineWithoutItsDeviceIsRefused(String line) {
    String[] args = joined(line.split(" "), new String[] {"--engine", "opencl"});
    Launched launched = Launched.in(folder, Map.of("OCL_ICD_VENDORS", "/nonexistent"), args);
    refused(launched, "opencl: no device: ");
    assertThat(launched.err()).contains("or use the engine cpu, which needs none");
    assertThat(folder).isEmptyDirectory();
  }

  /** Before anything is read or made, and whichever command computes. */
  @ParameterizedTest
  @CsvSource({
    "lossmith.threads, two, must be a whole number",
    "lossmith.threads, 0, must be a whole number",
    "lossmith.programs, x, must be a whole number",
    "lossmith.simd, yes, must be true or false",
    "lossmith.anomaly, on, must be true or false",
  })
  void aPropertyThatCannotBeReadIsRefused(String name, String value, String must) {
    Map<String, String> options = Map.of("LOSSMITH_JAVA_OPTS", "-D" + name + "=" + value);
    for (String line :
        List.of(
            "loss dice --prediction none.npy --target none.npy",
            "train --steps 1 --out out",
            "verify none.jsonl")) {
      refused(
          Launched.in(folder, options, line.split(" ")),
          "-D" + name + " is \"" + value + "\", " + must);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "loss dice --prediction none.npy --target none.npy --threads 2",
    "devices",
  })
  void aBadNumberOfThreadsIsNeverPassedOver(String line) {
    Map<String, String> options = Map.of("LOSSMITH_JAVA_OPTS", "-Dlossmith.threads=two");
    refused(
        Launched.in(folder, options, line.split(" ")),
        "-Dlossmith.threads is \"two\", must be a whole number");
  }

  @Test
  void anEngineThatThePropertyNamesMustBeThere() {
    Map<String, String> options = Map.of("LOSSMITH_JAVA_OPTS", "-Dlossmith.engine=cpuu");
    refused(
        Launched.in(folder, options, "train", "--out", "out"),
        "-Dlossmith.engine: \"cpuu\" is not one of cpu, opencl, auto, reference; did you mean cpu?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | a command is missing",
        "trian | did you mean train?",
        "train --stepz 3 | --steps",
        "train --steps many | --steps is \"many\", must be a whole number",
        "train --steps 0 | --steps is 0, must be 1 or more",
        "train --crop 30 | --crop is 30, must be a multiple of 4",
        "train --learning-rate -1 | --learning-rate is -1.0",
        "train --images x | --images is given without --masks",
        "train --images none --masks none | none: there is no such folder",
        "train --augment flip | --augment is \"flip\", must be all, none, or a list of flips",
        "train --class-weights rare | --class-weights is \"rare\", must be inverse or median",
        "train --class-weights median | there is one class; give --classes",
        "train --classes 3 | --classes is given without --images",
        "train --loss dise | did you mean dice",
        "train --loss dice,smoth=1 | did you mean smooth",
        "train --loss dice:x | weight is \"x\"",
        "train --checkpoint-every -1 | --checkpoint-every is -1.0, must be 0 or more",
        "train --resume | there is no lossmith-out/checkpoint.npz to resume from",
        "predict --model file --images . | Missing required option: '--out=DIR'",
        "predict --model file --images . --out o | file: is no zip, must be a model",
        "predict --model none --images . --out o | none: there is no such file, must be a model",
        "evaluate --predictions . --truth . --classes 0 | --classes is 0, must be in 1..255",
        "evaluate --predictions . --truth . --ignore-index white | --ignore is \"white\", must be a whole number",
        "evaluate --predictions . | Missing required option: '--truth=DIR'",
        "evaluate --predictions none --truth . | none: there is no such folder",
        "evaluate --predictions . --truth . | .: holds no picture",
        "train --engine cpuu | did you mean cpu?",
        "train --threads 0 | --threads is 0",
        "train --steps 1 --out file/out | file",
        "losses dise | did you mean dice",
        "loss dice --prediction none.npy --target none.npy | none.npy: cannot be read",
        "loss dice --prediction file --target file | file: is not a .npy file",
        "loss dice | Missing required options",
        "verify file | file line 1: is not JSON",
        "bench --seconds 0 | --seconds is 0.0",
      })
  void wrongInputIsOneLineAndExitCode2(String line, String words) throws IOException {
    Files.writeString(folder.resolve("file"), "this is text");
    refused(Launched.in(folder, line.isEmpty() ? new String[0] : line.split(" ")), words);
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void arraysThatDoNotGoTogetherAreRefused() throws IOException {
    save("p.npy", 0.8f, 0.2f, 0.5f);
    save("t.npy", 1, 0);
    refused(loss("dice", "--gradient", "g.npy"), "[1, 1, 1, 3]");
    assertThat(folder.resolve("g.npy")).doesNotExist();
    refused(loss("dice", "--gradient", "no/g.npy"), "there is no folder");
  }

  @Test
  void picturesThatCannotBeUsedAreRefused() throws IOException {
    Path images = Files.createDirectory(folder.resolve("i"));
    Path masks = Files.createDirectory(folder.resolve("m"));
    for (String name : new String[] {"a.png", "b.png"}) {
      Drawn.grey(images.resolve(name), 8, new int[64]);
      Drawn.grey(masks.resolve(name), 8, new int[64]);
    }
    refused(train("--out", "out"), "no mask to train on has a pixel of foreground");
    int[] labels = new int[64];
    labels[9] = 5;
    Drawn.grey(masks.resolve("a.png"), 8, labels);
    refused(train("--classes", "3"), "pixel (1, 1) is 5, must be a class in 0..2");
    refused(train("--classes", "6", "--crop", "12"), "picture a is 8 x 8, --crop is 12");
    Files.write(images.resolve("b.png"), new byte[] {1, 2, 3});
    refused(train("--classes", "6"), "b.png: is no picture");
    Files.delete(masks.resolve("b.png"));
    refused(train(), "b.png: has no mask");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("i", "m");
  }

  private Launched train(String... more) {
    String[] args = {"train", "--images", "i", "--masks", "m", "--steps", "1"};
    return Launched.in(folder, joined(args, more));
  }

  private Launched loss(String name, String... more) {
    String[] args = {"loss", name, "--prediction", "p.npy", "--target", "t.npy"};
    return Launched.in(folder, joined(args, more));
  }

  private static String[] joined(String[] first, String[] more) {
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  private void save(String name, float... values) {
    Npy.write(folder.resolve(name), Shape.of(1, 1, 1, values.length), values);
  }

  private static void refused(Launched launched, String words) {
    assertThat(launched.err()).startsWith("lossmith: ").contains(words);
    assertThat(launched.err().lines()).hasSize(1);
    assertThat(launched.out()).isEmpty();
    assertThat(launched.code()).isEqualTo(2);
  }
}
