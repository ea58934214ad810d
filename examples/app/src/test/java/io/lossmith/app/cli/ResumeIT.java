package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are ended, killed and resumed, and masks made with what they learned. */
class ResumeIT {
  private static final String[] TRAIN = {
    "train", "--images", "i", "--masks", "m", "--crop", "16", "--batch", "1", "--threads", "1"
  };

  @TempDir private Path folder;
  private Path checkpoint;

  @BeforeEach
  void makePictures() throws IOException {
    TrainIT.cells(folder, 5, 0xFF);
    checkpoint = folder.resolve("o/checkpoint.npz");
  }

  @Test
  void aCheckpointSurvivesAKillAtAnyMoment() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    int taken = 0;
    for (int kill = 0; kill < 8; kill++) {
      String[] more = {"--steps", "100000", "--out", "o", "--checkpoint-every", "0"};
      Process process =
          started(
              kill == 0 ? joined(TRAIN, more) : joined(new String[] {"train", "--resume"}, more));
      try {
        long before = modified();
        for (int wait = 0; wait < 600 && modified() == before && process.isAlive(); wait++) {
          Thread.sleep(50);
        }
        Thread.sleep(random.nextInt(120)); // into a step, a writing, a renaming
      } finally {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      }
      int now = Checkpoint.read(checkpoint).state().steps();
      assertThat(now).isGreaterThan(taken);
      taken = now;
    }
    String steps = String.valueOf(taken + 2);
    refused(
        run("train", "--resume", "--out", "o", "--steps", steps),
        "--steps is " + steps + ", the training in o began with 100000, it may only grow");
  }

  @Test
  void aKilledAndResumedTrainingGivesWhatAStraightOneGives() throws Exception {
    assertThat(run(joined(TRAIN, "--steps", "30", "--out", "straight")).code()).isZero();
    Process process =
        started(joined(TRAIN, "--steps", "30", "--out", "o", "--checkpoint-every", "0"));
    try {
      for (int wait = 0; wait < 1200 && !Files.exists(checkpoint); wait++) {
        Thread.sleep(50);
      }
    } finally {
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
    refused(
        run(joined(TRAIN, "--steps", "1", "--out", "o")),
        "train: o holds a training that did not come to its end; go on with --resume, replace it"
            + " with --restart, or give another --out.");
    refused(
        run("train", "--resume", "--restart", "--out", "o"),
        "--resume goes on, --restart begins anew; give one of them");
    Files.writeString(folder.resolve("o/.model.npz.part-999999999"), "left by a killed run");
    Launched resumed = run("train", "--resume", "--out", "o", "--threads", "2");
    assertThat(resumed.code()).isZero();
    assertThat(resumed.out()).contains("trained 30 steps", ", resumed after step ");
    assertThat(folder.resolve("o/model.npz"))
        .hasSameBinaryContentAs(folder.resolve("straight/model.npz"));
    assertThat(folder.resolve("o").toFile().list())
        .containsExactlyInAnyOrder(
            "index.html",
            "overlays",
            "loss.png",
            "dice.png",
            "model.npz",
            "steps.csv",
            "metrics.json",
            "checkpoint.npz");
    Launched again = run("train", "--resume", "--out", "o");
    assertThat(again.code()).isZero();
    assertThat(again.out()).startsWith("all 30 steps are taken");
    refused(run(joined(TRAIN, "--steps", "1", "--out", "o")), "train: o holds a trained model; ");
  }

  @Test
  void soDoBestModelFiguresAndEarlyEnd() throws Exception {
    String[] more = {
      "--steps=400",
      "--keep=best",
      "--schedule=plateau",
      "--early-stopping=75",
      "--foreground-pieces=0.5",
      "--learning-rate=1e-9", // no score rises
      "--loss=dice"
    };
    String[] train = joined(TRAIN, more);
    Launched straight = run(joined(train, "--out", "straight"));
    assertThat(straight.code()).isZero();
    assertThat(straight.out())
        .contains("ended early, after step 90 of 400: validation Dice has not risen for 75 steps")
        .contains(" after step 15, kept as best.npz");
    SplittableRandom random = new SplittableRandom(2);
    Process process = started(joined(train, "--out", "o", "--checkpoint-every", "0"));
    for (int kill = 0; kill < 3; kill++) {
      try {
        long before = modified();
        for (int wait = 0; wait < 1200 && modified() == before && process.isAlive(); wait++) {
          Thread.sleep(20);
        }
        Thread.sleep(random.nextInt(300));
      } finally {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      }
      process = started("train", "--resume", "--out", "o", "--checkpoint-every", "0");
    }
    process.waitFor(120, TimeUnit.SECONDS);
    for (String file : new String[] {"model.npz", "best.npz", "steps.csv", "dice.png"}) {
      assertThat(folder.resolve("o/" + file))
          .hasSameBinaryContentAs(folder.resolve("straight/" + file));
    }
    assertThat(Files.readAllLines(folder.resolve("o/steps.csv"))).hasSize(91);
    assertThat(run("train", "--resume", "--out", "o").out())
        .startsWith("training ended early, after step 90, and the results are in o;");
    assertThat(run("train", "--resume", "--steps=500", "--out", "o").out())
        .startsWith("training ended early, after step 90");
  }

  @Test
  void moreStepsAreRefusedWhereTheRateHasComeTo0() throws IOException {
    run(joined(TRAIN, "--steps", "2", "--schedule", "cosine", "--out", "o"));
    refused(
        run("train", "--resume", "--steps", "3", "--out", "o"),
        "train: --steps may not grow with --schedule cosine, whose learning rate has come to 0");
  }

  @Test
  void aResumeWithOtherOptionsOrPicturesIsRefused() throws IOException {
    run(joined(TRAIN, "--steps", "2", "--out", "o"));
    byte[] before = Files.readAllBytes(checkpoint);
    refused(resume("--batch", "2"), "--batch is 2, the training in o began with 1;");
    refused(resume("--loss", "focal"), "--loss is focal, the training in o began without it;");
    refused(resume("--images", "m"), "--images is");
    assertThat(resume("--images", "i", "--seed", "1").code()).isZero();
    Path picture = folder.resolve("i/cells-002.png");
    byte[] bytes = Files.readAllBytes(picture);
    Files.copy(folder.resolve("i/cells-001.png"), picture, StandardCopyOption.REPLACE_EXISTING);
    refused(resume("--steps", "3"), "there is training picture cells-002, 50 x 50");
    Files.delete(picture);
    refused(resume("--steps", "3"), "there are 4 pictures, there were 5 when the training in o");
    Files.write(picture, bytes);
    assertThat(checkpoint).hasBinaryContent(before);
    Files.write(checkpoint, new byte[100]);
    refused(resume(), "o/checkpoint.npz: is no zip, must be a checkpoint");
  }

  @Test
  void twoRunsIntoOneFolderAreRefused() throws Exception {
    Process process =
        started(joined(TRAIN, "--steps", "100000", "--out", "o", "--checkpoint-every", "0"));
    try {
      for (int wait = 0; wait < 1200 && !Files.exists(checkpoint); wait++) {
        Thread.sleep(50);
      }
      String words = "another run is writing to o; wait for its end, or give another --out.";
      refused(run(joined(TRAIN, "--steps", "1", "--out", "o")), "train: " + words);
      refused(run("train", "--resume", "--out", "o"), "train: " + words);
    } finally {
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void predictMakesAMaskOfEachPicture() throws IOException {
    run(joined(TRAIN, "--steps", "2", "--out", "o"));
    Launched launched = predict("--out", "masks", "--probabilities");
    assertThat(launched.code()).isZero();
    assertThat(launched.out())
        .contains("model for grey pictures, 1 class, 2 steps with dice + bce-with-logits")
        .contains("predicted 5 pictures", "written to masks: 5 masks, and their probabilities");
    assertThat(launched.err()).contains("predicted 5 of 5");
    assertThat(folder.resolve("masks").toFile().list())
        .hasSize(10)
        .contains("cells-003.png", "cells-003.npy");
    Launched flipped = predict("--out", "flipped", "--ensemble-flips", "--probabilities");
    assertThat(flipped.code()).isZero();
    assertThat(flipped.out()).contains("predicted 5 pictures, each in four mirrorings, in ");
    assertThat(
            Files.mismatch(
                folder.resolve("flipped/cells-003.npy"), folder.resolve("masks/cells-003.npy")))
        .isNotNegative();
    refused(predict("--out", "i"), "--out is the folder of --images, i, must be another one");
    byte[] whole = Files.readAllBytes(folder.resolve("i/cells-004.png"));
    Files.write(folder.resolve("i/cells-004.png"), Arrays.copyOf(whole, 900));
    Launched cut = predict("--out", "some");
    assertThat(cut.code()).isEqualTo(2);
    assertThat(cut.err().lines().filter(line -> line.startsWith("lossmith: ")))
        .containsExactly(
            "lossmith: i/cells-004.png: cannot be read as a picture; the file ends too early.");
    assertThat(folder.resolve("some").toFile().list())
        .containsExactlyInAnyOrder("cells-001.png", "cells-002.png", "cells-003.png");
  }

  private Launched predict(String... more) {
    return run(joined(new String[] {"predict", "--model", "o/model.npz", "--images", "i"}, more));
  }

  private Launched resume(String... more) {
    return run(joined(new String[] {"train", "--resume", "--out", "o"}, more));
  }

  private Launched run(String... args) {
    return Launched.in(folder, args);
  }

  private Process started(String... args) throws IOException {
    return new ProcessBuilder(Launched.command(args))
        .directory(folder.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private long modified() throws IOException {
    return Files.exists(checkpoint) ? Files.getLastModifiedTime(checkpoint).toMillis() : 0;
  }

  private static String[] joined(String[] first, String... more) {
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  private static void refused(Launched launched, String words) {
    assertThat(launched.err()).startsWith("lossmith: ").contains(words);
    assertThat(launched.err().lines()).hasSize(1);
    assertThat(launched.out()).isEmpty();
    assertThat(launched.code()).isEqualTo(2);
  }
}
