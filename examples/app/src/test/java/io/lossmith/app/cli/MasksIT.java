package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Drawn;
import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Sample;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.formats.PicturesOfOthers;
import io.lossmith.app.io.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks, pictures and names as people have them, from the command line. */
class MasksIT {
  private static final int SIDE = 40;

  @TempDir private Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectory(folder.resolve("i"));
    Files.createDirectory(folder.resolve("m"));
  }

  @Test
  void masksOfOnesBesideMasksOfWhiteAreTheSame() {
    cells(5, "p%d", "p%d", label -> label);
    Drawn.grey(folder.resolve("m/p4.png"), SIDE, truth(4, label -> 255 * label));
    Launched launched = train();
    assertThat(launched.err()).doesNotContain("lossmith:");
    assertThat(launched.out())
        .startsWith("4 to learn from, 1 to measure on, grey; pixels: background ")
        .contains("masks: 1 is foreground in 4, 255 is foreground in 1\n");
  }

  @Test
  void unknownPixelsAreLeftOutEverywhere() throws IOException {
    cells(5, "p%d", "p%d", label -> label);
    int[] half = truth(4, label -> label);
    Arrays.fill(half, 0, SIDE * SIDE / 2, 255);
    Drawn.grey(folder.resolve("m/p4.png"), SIDE, half);
    Launched refused = train();
    assertThat(refused.err()).contains("m/p4.png: holds the numbers 0, 1, 255", "--ignore 255");
    assertThat(refused.code()).isEqualTo(2);
    Launched ignored = train("--ignore", "255");
    assertThat(ignored.out()).contains("unknown 800 (10.0 %)");
    Launched named = train("--loss", "dice,ignoreIndex=255", "--out", "o");
    assertThat(named.out()).contains("unknown 800 (10.0 %)");
    Map<?, ?> metrics = (Map<?, ?>) Json.read(Files.readString(folder.resolve("o/metrics.json")));
    assertThat(metrics.get("validation")).isNotNull();
  }

  @Test
  void anUnknownLabelOfSixteenBitsWorks() {
    for (int i = 0; i < 5; i++) {
      Drawn.grey(folder.resolve("i/p" + i + ".png"), SIDE, grey(i));
      Drawn.grey16(
          folder.resolve("m/p" + i + ".png"), SIDE, truth(i, label -> label == 0 ? 65535 : 1));
    }
    Launched launched =
        train("--classes", "2", "--loss", "cross-entropy,ignoreIndex=65535", "--loss", "dice");
    assertThat(launched.err()).doesNotContain("lossmith:");
    assertThat(launched.out()).contains("background 0 (0.0 %), foreground", ", unknown");
  }

  @Test
  void namesFoldersAndHiddenFilesAreUnderstood() throws IOException {
    cells(5, "Zelle ä '%d'", "Zelle ä '%d'_mask", label -> 255 * label);
    Files.writeString(folder.resolve("i/._Zelle.png"), "a resource fork");
    Launched launched = Launched.in(folder, Map.of("LC_ALL", "C"), args());
    assertThat(launched.err()).doesNotContain("lossmith:");
    assertThat(folder.resolve("lossmith-out/overlays/Zelle ä '4'.png")).exists();
    Launched same = Launched.in(folder, "train", "--images", "i", "--masks", "i");
    assertThat(same.err()).contains("i: is the folder of pictures and of masks");
    Launched none =
        Launched.in(
            folder,
            Map.of("LC_ALL", "C"),
            "predict",
            "--model",
            "ä.npz",
            "--images",
            "i",
            "--out",
            "o");
    assertThat(none.err()).contains("ä.npz: there is no such file").doesNotContain("Exception");
  }

  @Test
  void whatIsLearnedPredictsPagesAndTurnedPictures() throws IOException {
    cells(5, "p%d", "p%d", label -> 255 * label);
    assertThat(train().code()).isZero();
    Files.createDirectory(folder.resolve("new"));
    Files.createDirectory(folder.resolve("new/day 1"));
    Files.copy(PicturesOfOthers.file("pages.tif"), folder.resolve("new/day 1/s.tif"));
    Files.copy(PicturesOfOthers.file("turned-6.jpg"), folder.resolve("new/day 1/t.jpg"));
    Launched refused = predict("new");
    assertThat(refused.err()).contains("holds 3 pictures or channels, must be 1; give --stack");
    Launched launched = predict("new", "--stack");
    assertThat(launched.err()).doesNotContain("lossmith:");
    assertThat(folder.resolve("out/day 1").toFile().list())
        .containsExactlyInAnyOrder("s-0001.png", "s-0002.png", "s-0003.png", "t.png");
    BufferedImage turned = ImageIO.read(folder.resolve("out/day 1/t.png").toFile());
    assertThat(turned.getWidth()).isEqualTo(16);
    assertThat(turned.getHeight()).isEqualTo(24);
    assertThat(predict("new/day 1/t.jpg").out()).contains("predicted 1 pictures");
    assertThat(predict("i/p1.png", "--out", "i").err()).contains("must be another one");
  }

  @Test
  void equalMasksHaveDiceOneWhateverTheyAreWrittenAs() {
    Drawn.grey(folder.resolve("i/a.png"), SIDE, truth(1, label -> 255 * label));
    Drawn.grey(folder.resolve("m/a_truth.png"), SIDE, truth(1, label -> label));
    Launched launched = evaluate();
    assertThat(launched.err()).doesNotContain("lossmith:");
    assertThat(launched.out()).containsPattern("all +1 +\\d+ +1.0000");
    assertThat(launched.out()).contains("predictions: 255 is foreground; truth: 1 is foreground");
    Drawn.grey(folder.resolve("i/a.png"), SIDE, truth(1, label -> 7 * label));
    assertThat(evaluate().err())
        .contains("i/a.png: holds the numbers 0, 7", "--foreground nonzero");
    assertThat(evaluate("--foreground", "nonzero").out()).containsPattern("all +1 +\\d+ +1.0000");
  }

  @Test
  void aStackIsComparedWithWhatPredictMakesOfIt() throws IOException {
    Files.copy(PicturesOfOthers.file("pages.tif"), folder.resolve("m/s.tif"));
    for (int page = 0; page < 3; page++) {
      int[] numbers = new int[20];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i % 5 + 7 * (i / 5) + 20 * page;
      }
      Drawn.grey(folder.resolve("i/s-000%d.png".formatted(page + 1)), 5, numbers);
    }
    Launched launched = evaluate("--stack", "--classes", "70");
    assertThat(launched.err()).doesNotContain("lossmith:");
    assertThat(launched.out()).containsPattern("mean +1.0000");
  }

  @Test
  void coloursOfMasksBecomeClasses() throws IOException {
    int[] colours = {0x000000, 0xFF0000, 0x00FF00};
    for (int i = 0; i < 5; i++) {
      int[] labels = truth(i, label -> label);
      Arrays.fill(labels, 0, SIDE, 2);
      Drawn.grey(folder.resolve("i/p" + i + ".png"), SIDE, grey(i));
      Drawn.colour(
          folder.resolve("m/p" + i + ".png"),
          SIDE,
          Arrays.stream(labels).map(label -> colours[label]).toArray());
    }
    assertThat(train("--classes", "3").err()).contains("give --mask-colors");
    Files.writeString(folder.resolve("c.txt"), "0 #000000\n1 #ff0000\n2 #00ff00\n");
    Launched launched = train("--classes", "3", "--mask-colors", "c.txt");
    assertThat(launched.out()).contains("class 2 200 (2.5 %); masks: colours are classes");
    Launched found = train("--classes", "3", "--mask-colors", "found", "--out", "o");
    assertThat(found.out()).contains("0 #000000, 1 #00ff00, 2 #ff0000");
    Launched on = Launched.in(folder, "train", "--resume", "--steps", "3", "--out", "o");
    assertThat(on.err()).doesNotContain("lossmith:");
    assertThat(on.out()).contains("trained 3 steps", "resumed after step 2");
  }

  /** Writes made pictures, and masks with what their labels become. */
  private void cells(int count, String name, String mask, IntUnaryOperator value) {
    for (int i = 0; i < count; i++) {
      Drawn.grey(folder.resolve("i/" + name.formatted(i) + ".png"), SIDE, grey(i));
      Drawn.grey(folder.resolve("m/" + mask.formatted(i) + ".png"), SIDE, truth(i, value));
    }
  }

  private static Sample sample(int number) {
    return SyntheticCells.make(number + 1, 1, SIDE, 1).training().get(number);
  }

  private static int[] grey(int number) {
    float[] values = sample(number).picture().values();
    int[] grey = new int[values.length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = Math.round(255 * values[i]);
    }
    return grey;
  }

  private static int[] truth(int number, IntUnaryOperator value) {
    Mask mask = sample(number).mask();
    int[] truth = new int[mask.labels().length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = value.applyAsInt(mask.label(i));
    }
    return truth;
  }

  private static String[] args(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("train", "--images=i", "--masks=m", "--steps=2", "--crop=16", "--batch=2"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private Launched train(String... more) {
    return Launched.in(folder, args(more));
  }

  private Launched predict(String images, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("predict", "--model", "lossmith-out/model.npz", "--images", images));
    if (!List.of(more).contains("--out")) {
      args.addAll(List.of("--out", "out"));
    }
    args.addAll(List.of(more));
    return Launched.in(folder, args.toArray(String[]::new));
  }

  private Launched evaluate(String... more) {
    List<String> args = new ArrayList<>(List.of("evaluate", "--predictions=i", "--truth=m"));
    args.addAll(List.of(more));
    return Launched.in(folder, args.toArray(String[]::new));
  }
}
