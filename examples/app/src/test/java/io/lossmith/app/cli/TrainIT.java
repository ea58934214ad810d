package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Drawn;
import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Sample;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.io.Json;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training as a user starts it. */
class TrainIT {
  @TempDir private Path folder;

  @Test
  void trainingOnPicturesWritesEverything() throws IOException {
    cells(6, 0xFF);
    Launched launched = train("--steps", "6", "--crop", "32", "--batch", "2");
    assertThat(launched.code()).isZero();
    assertThat(launched.out()).contains("trained 6 steps on 5 pictures", "validation Dice");
    assertThat(launched.err()).contains("step 6 of 6", "loss", "left");
    assertThat(launched.err().chars()).allMatch(c -> c == '\n' || c >= ' ');
    Path out = folder.resolve("lossmith-out");
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder(
            "index.html",
            "overlays",
            "loss.png",
            "dice.png",
            "model.npz",
            "steps.csv",
            "metrics.json",
            "checkpoint.npz");
    Map<?, ?> metrics = (Map<?, ?>) Json.read(Files.readString(out.resolve("metrics.json")));
    assertThat(metrics.keySet().toArray())
        .containsExactly("validation", "steps", "seconds", "engine");
    assertThat(((Map<?, ?>) metrics.get("validation")).keySet().toArray())
        .contains("dice", "iou", "precision", "recall", "specificity", "accuracy");
    assertThat(metrics.get("steps")).isEqualTo(6);
    BufferedImage overlay = ImageIO.read(out.resolve("overlays/cells-006.png").toFile());
    assertThat(overlay.getWidth()).isGreaterThan(2 * 400);
    assertThat(ImageIO.read(out.resolve("loss.png").toFile()).getWidth()).isEqualTo(720);
    try (ZipFile model = new ZipFile(out.resolve("model.npz").toFile())) {
      assertThat(model.getEntry("down0.first.weight.npy")).isNotNull();
      String text = new String(model.getInputStream(model.getEntry("model.json")).readAllBytes());
      assertThat(text).contains("\"network\"", "\"learningRate\"");
    }
  }

  /** Its outputs are values: cut where logits are, at 0, most of the ground would be foreground. */
  @Test
  void aLossOfValuesTrainsToTheTruth() throws IOException {
    squares(6, 24, 10);
    Launched trained = train("--loss=mse", "--steps=120", "--crop=24", "--batch=5");
    assertThat(trained.out()).contains("validation Dice 1.0000, IoU 1.0000");
    Launched.in(folder, "predict", "--model=lossmith-out/model.npz", "--images=i", "--out=p");
    Launched compared = Launched.in(folder, "evaluate", "--predictions=p", "--truth=m");
    assertThat(compared.out().lines().filter(line -> line.startsWith("mean")))
        .singleElement()
        .asString()
        .containsPattern(" 1\\.0000 +1\\.0000 +1\\.0000 +1\\.0000$");
  }

  /** Writes a bright square on each picture, always at another place. */
  private void squares(int count, int width, int side) throws IOException {
    Path images = Files.createDirectory(folder.resolve("i"));
    Path masks = Files.createDirectory(folder.resolve("m"));
    for (int k = 0; k < count; k++) {
      int left = 3 + 5 * k % 9;
      int top = 3 + 7 * k % 9;
      int[] truth = new int[width * width];
      for (int i = 0; i < side * side; i++) {
        truth[(top + i / side) * width + left + i % side] = 0xFF;
      }
      int[] grey = Arrays.stream(truth).map(value -> value == 0 ? 60 : 180).toArray();
      Drawn.grey(images.resolve("p" + k + ".png"), width, grey);
      Drawn.grey(masks.resolve("p" + k + ".png"), width, truth);
    }
  }

  @Test
  void theBestModelIsKeptBesideTheLast() throws IOException {
    cells(5, 0xFF);
    Launched launched =
        train("--steps=31", "--crop=16", "--batch=1", "--keep=best", "--foreground-pieces=0.5");
    assertThat(launched.code()).isZero();
    assertThat(launched.out())
        .contains("best validation Dice ", "best.npz, steps.csv, metrics.json");
    Path out = folder.resolve("lossmith-out");
    Map<?, ?> metrics = (Map<?, ?>) Json.read(Files.readString(out.resolve("metrics.json")));
    Map<?, ?> best = (Map<?, ?>) metrics.get("best");
    assertThat(best.get("step")).isIn(15, 30, 31);
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("best.npz", "steps.csv", "0.003, constant", "50.0 % of them");
    assertThat(
            Launched.in(folder, "predict", "--model=lossmith-out/best.npz", "--images=i", "--out=p")
                .out())
        .contains(best.get("step") + " steps with");
    assertThat(train("--steps=1", "--crop=16", "--batch=1", "--restart").code()).isZero();
    assertThat(out.resolve("best.npz")).doesNotExist();
  }

  @Test
  void withoutForegroundToMeasureOnThereIsNoBest() throws IOException {
    cells(5, 0xFF);
    Drawn.grey(folder.resolve("m/cells-005.png"), 50, new int[2500]);
    Launched launched = train("--steps=1", "--crop=16", "--keep=best");
    assertThat(launched.code()).isEqualTo(2);
    assertThat(launched.err().lines().filter(line -> line.startsWith("lossmith:")))
        .containsExactly(
            "lossmith: train: --keep best goes by validation Dice, but no mask to measure on has a"
                + " pixel of foreground; give other --validation-images and --validation-masks, or"
                + " leave it away.");
    assertThat(train("--steps=1", "--crop=16", "--schedule=plateau").err())
        .contains("train: --schedule plateau goes by validation Dice, but no mask");
    assertThat(train("--steps=1", "--crop=16", "--early-stopping=5").err())
        .contains("train: --early-stopping goes by validation Dice, but no mask");
  }

  @Test
  void picturesOfSubFoldersAreShownInSubFolders() throws IOException {
    cells(5, 0xFF);
    for (String of : List.of("i", "m")) {
      Files.move(folder.resolve(of), folder.resolve("all"));
      Files.createDirectory(folder.resolve(of));
      Files.move(folder.resolve("all"), folder.resolve(of + "/day 1"));
    }
    assertThat(train("--steps=1", "--crop=16", "--batch=1").code()).isZero();
    Path out = folder.resolve("lossmith-out");
    assertThat(out.resolve("overlays/day 1/cells-005.png")).exists();
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("href=\"overlays/day%201/cells-005.png\"");
  }

  @Test
  void theSeedDecidesTheResult() throws IOException {
    cells(5, 0xFF);
    String[] runs = new String[2];
    for (int run = 0; run < 2; run++) {
      String threads = String.valueOf(1 + run);
      train("--steps=3", "--crop=32", "--batch=2", "--threads", threads, "--out", "o" + run);
      String text = Files.readString(folder.resolve("o" + run + "/metrics.json"));
      runs[run] = String.valueOf(((Map<?, ?>) Json.read(text)).get("validation"));
    }
    assertThat(runs[0]).isEqualTo(runs[1]);
  }

  @Test
  void aTrainedModelIsReplacedOnlyWhenAsked() throws IOException {
    cells(5, 0xFF);
    String[] small = {"--steps=1", "--crop=16", "--batch=1", "--seed=1"};
    assertThat(train(small).code()).isZero();
    Path model = folder.resolve("lossmith-out/model.npz");
    byte[] first = Files.readAllBytes(model);
    small[3] = "--seed=2";
    Launched again = train(small);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .contains(
            "train: lossmith-out holds a trained model; go on with --resume and more --steps,"
                + " replace it with --restart, or give another --out.");
    assertThat(model).hasBinaryContent(first);
    assertThat(train("--steps=1", "--crop=16", "--batch=1", "--restart").code()).isZero();
  }

  @Test
  void overlaysOfAReplacedTrainingGoAndNothingElse() throws IOException {
    cells(5, 0xFF);
    for (String of : List.of("i", "m")) {
      Path measured = Files.createDirectories(folder.resolve("v" + of + "/day 1"));
      Files.copy(folder.resolve(of + "/cells-001.png"), measured.resolve("old.png"));
      Path later = Files.createDirectory(measured.resolveSibling("day 2"));
      Files.copy(folder.resolve(of + "/cells-002.png"), later.resolve("kept.png"));
    }
    String[] measured = {
      "--validation-images=vi", "--validation-masks=vm", "--steps=1", "--crop=16", "--restart"
    };
    assertThat(train(measured).code()).isZero();
    Path overlays = folder.resolve("lossmith-out/overlays");
    assertThat(overlays.resolve("day 1/old.png")).exists();
    Drawn.grey(overlays.resolve("mine.png"), 2, 0, 255);
    for (String of : List.of("vi", "vm")) {
      Files.delete(folder.resolve(of + "/day 1/old.png"));
    }
    assertThat(train(measured).code()).isZero();
    assertThat(overlays.toFile().list()).containsExactlyInAnyOrder("day 2", "mine.png");
  }

  /** A folder stands where a picture is to be: as good as a disk that is full. */
  @Test
  void theModelIsThereWhenPicturesCannotBeWritten() throws IOException {
    cells(5, 0xFF);
    Path inTheWay = Files.createDirectories(folder.resolve("lossmith-out/loss.png/x"));
    Launched launched = train("--steps=1", "--crop=16", "--batch=1");
    assertThat(launched.code()).isEqualTo(2);
    assertThat(launched.err())
        .contains("loss.png: cannot be written", "train --resume --out lossmith-out writes what");
    byte[] model = Files.readAllBytes(folder.resolve("lossmith-out/model.npz"));
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    Launched resumed = Launched.in(folder, "train", "--resume");
    assertThat(resumed.code()).isZero();
    assertThat(folder.resolve("lossmith-out/model.npz")).hasBinaryContent(model);
    assertThat(folder.resolve("lossmith-out/index.html")).exists();
  }

  @Test
  void classesAreLearnedWithSeveralLosses() throws IOException {
    cells(5, 1);
    Launched launched =
        train(
            "--classes=2",
            "--steps=2",
            "--crop=16",
            "--batch=2",
            "--out=o",
            "--loss=dice:0.5",
            "--loss=cross-entropy,labelSmoothing=0.1,ignoreIndex=255");
    assertThat(launched.err()).doesNotContain("lossmith:");
    assertThat(launched.code()).isZero();
    Map<?, ?> metrics = (Map<?, ?>) Json.read(Files.readString(folder.resolve("o/metrics.json")));
    assertThat((List<?>) ((Map<?, ?>) metrics.get("validation")).get("classes")).hasSize(2);
  }

  @Test
  void classWeightsAreComputedPrintedAndKept() throws IOException {
    cells(5, 1);
    Launched launched =
        train("--classes=2", "--class-weights=inverse", "--augment=all", "--steps=2", "--crop=16");
    assertThat(launched.code()).isZero();
    assertThat(launched.out()).startsWith("class weights, inverse: 0.");
    Path out = folder.resolve("lossmith-out");
    Map<?, ?> metrics = (Map<?, ?>) Json.read(Files.readString(out.resolve("metrics.json")));
    assertThat((List<?>) metrics.get("classWeights")).hasSize(2);
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("cells-005", "inverse", "<th class=\"number\">weight</th>");
  }

  @Test
  void picturesThatDoNotFitInMemoryAreRefusedBeforeTheyAreRead() throws IOException {
    cells(5, 0xFF);
    Launched launched = train("--batch", "100000", "--crop", "48");
    assertThat(launched.code()).isEqualTo(2);
    assertThat(launched.err().lines()).hasSize(1);
    assertThat(launched.err()).contains("MB of memory", "LOSSMITH_JAVA_OPTS=-Xmx");
  }

  @Test
  void withoutArgumentsItTrainsOnMadePictures() {
    Launched launched = Launched.in(folder, "train", "--steps", "2", "--batch", "1");
    assertThat(launched.code()).isZero();
    assertThat(launched.out()).contains("written to lossmith-out");
  }

  @Test
  void endingInTheMiddleLeavesACheckpointAndNothingHalfWritten()
      throws IOException, InterruptedException {
    cells(5, 0xFF);
    List<String> command = new ArrayList<>();
    if (works("env", "--default-signal=INT", "true")) { // where this runs in the background
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(
        Launched.command(
            "train", "--images", "i", "--masks", "m", "--steps", "100000", "--crop", "16"));
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    try (BufferedReader err = process.errorReader()) {
      Path first = folder.resolve("lossmith-out/checkpoint.npz");
      for (int wait = 0; wait < 600 && !Files.exists(first); wait++) {
        Thread.sleep(100);
      }
      assertThat(works("kill", "-INT", String.valueOf(process.pid()))).isTrue();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      List<String> lines = err.lines().filter(line -> line.startsWith("lossmith:")).toList();
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0))
          .contains("ended by the user after step", "train --resume --out lossmith-out continues");
    } finally {
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(folder.resolve("lossmith-out"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .contains("checkpoint.npz")
          .isSubsetOf("checkpoint.npz", ".lossmith.lock");
    }
  }

  private static boolean works(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private Launched train(String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--images", "i", "--masks", "m"));
    args.addAll(List.of(more));
    return Launched.in(folder, args.toArray(String[]::new));
  }

  /** Writes made pictures as files, foreground as the given value. */
  private void cells(int count, int foreground) throws IOException {
    cells(folder, count, foreground);
  }

  /** Writes made pictures into the folders i and m of a folder. */
  static void cells(Path folder, int count, int foreground) throws IOException {
    Path images = Files.createDirectory(folder.resolve("i"));
    Path masks = Files.createDirectory(folder.resolve("m"));
    for (Sample sample : SyntheticCells.make(count, 1, 50, 1).training().all()) {
      int[] grey = new int[sample.picture().pixels()];
      int[] truth = new int[grey.length];
      Mask mask = sample.mask();
      for (int i = 0; i < grey.length; i++) {
        grey[i] = Math.round(255 * sample.picture().values()[i]);
        truth[i] = foreground * mask.label(i);
      }
      Drawn.grey(images.resolve(sample.name() + ".png"), 50, grey);
      Drawn.grey(masks.resolve(sample.name() + ".png"), 50, truth);
    }
  }
}
