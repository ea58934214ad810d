package io.lossmith.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Sample;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.app.train.History;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTests {
  private static final int SIDE = 12;
  private static final ScoredClasses FOREGROUND = ScoredClasses.of(1, Set.of());

  @TempDir private Path folder;

  @Test
  void foundWrongAndMissedHaveColoursOfTheirOwn() throws IOException {
    byte[] truth = new byte[SIDE * SIDE];
    byte[] predicted = new byte[SIDE * SIDE];
    for (int i = 0; i < truth.length; i++) {
      int column = i % SIDE;
      truth[i] = (byte) (column >= 4 ? 1 : 0);
      predicted[i] = (byte) (column < 8 && column >= 2 ? 1 : 0);
    }
    BufferedImage sheet = drawn(truth, predicted, 1);
    int zoom = 40; // 480 / 12
    int left = 14 + SIDE * zoom + 14; // where the prediction begins
    int y = sheet.getHeight() / 2;
    Set<Integer> colours = new TreeSet<>();
    for (int column : new int[] {0, 2, 6, 10}) { // background, wrong, found, missed
      colours.add(sheet.getRGB(left + column * zoom + zoom / 2 - 8, y));
    }
    assertThat(colours).hasSize(4);
    assertThat(sheet.getRGB(left + 4 * zoom + 1, y)).isEqualTo(0xFFFFE119); // outline of the truth
  }

  @Test
  void classesAreShownBesideTheirMistakes() throws IOException {
    byte[] truth = new byte[SIDE * SIDE];
    byte[] predicted = new byte[SIDE * SIDE];
    Arrays.fill(truth, (byte) 2);
    Arrays.fill(predicted, (byte) 1);
    BufferedImage sheet = drawn(truth, predicted, 3);
    assertThat(sheet.getWidth()).isEqualTo(3 * 480 + 4 * 14);
    int y = sheet.getHeight() / 2;
    assertThat(sheet.getRGB(200, y)).isNotEqualTo(sheet.getRGB(700, y));
  }

  @Test
  void classesAreComparedInFourColours() throws IOException {
    byte[] truth = new byte[SIDE * SIDE];
    byte[] predicted = new byte[SIDE * SIDE];
    for (int i = 0; i < truth.length; i++) { // quarters: found, wrong, missed, another class
      int quarter = i % SIDE / 3;
      truth[i] = (byte) (quarter == 1 ? 0 : 1);
      predicted[i] = (byte) (quarter == 2 ? 0 : quarter == 3 ? 2 : 1);
    }
    BufferedImage sheet = drawn(truth, predicted, 3);
    Set<Integer> colours = new TreeSet<>();
    for (int quarter = 0; quarter < 4; quarter++) {
      colours.add(sheet.getRGB(2 * 494 + 14 + quarter * 120 + 60, 280) & 0xC0C0C0);
    }
    assertThat(colours).hasSize(4);
  }

  @Test
  void aHugePictureIsShrunkAndKeepsSmallMistakesVisible() throws IOException {
    int side = 2500;
    Picture black = new Picture(side, side, 1, new float[side * side]);
    byte[] predicted = new byte[side * side];
    predicted[1200 * side + 1200] = 1;
    Path file = folder.resolve("huge.png");
    Sample sample = new Sample("huge", black, new Mask(side, side, new byte[side * side]));
    Overlay.write(file, sample, predicted, 1, FOREGROUND);
    BufferedImage sheet = ImageIO.read(file.toFile());
    int shown = (side + 2) / 3;
    assertThat(sheet.getWidth()).isEqualTo(2 * shown + 3 * 14);
    assertThat(sheet.getRGB(14 + shown + 14 + 400, 26 + 14 + 400) & 0xFFFFFF).isNotZero();
    assertThat(sheet.getRGB(14 + shown + 14 + 402, 26 + 14 + 400) & 0xFFFFFF).isZero();
  }

  @Test
  void aFlatPictureAndALargeOneAreDrawn() throws IOException {
    int side = 700;
    Picture flat = new Picture(side, side, 3, new float[3 * side * side]);
    Sample sample = new Sample("flat", flat, new Mask(side, side, new byte[side * side]));
    Path file = folder.resolve("flat.png");
    Overlay.write(file, sample, new byte[side * side], 1, FOREGROUND);
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(2 * side + 3 * 14);
  }

  @Test
  void timesReadAsPeopleWriteThem() {
    assertThat(ProgressText.time(7.4)).isEqualTo("0:07");
    assertThat(ProgressText.time(750)).isEqualTo("12:30");
    assertThat(ProgressText.time(3723)).isEqualTo("1:02:03");
  }

  @Test
  void theLogHasPlainLinesNowAndThen() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ProgressLog log = new ProgressLog(new PrintStream(bytes, true))) {
      log.begin(0, 100);
      for (int step = 1; step <= 100; step++) {
        log.stepped(step, 100, new History());
      }
    }
    assertThat(bytes.toString().lines())
        .hasSize(22)
        .startsWith("training, 100 steps to take", "step 1 of 100  ");
    assertThat(bytes.toString()).contains("step 5 of 100", "step 100 of 100", "0:00 left");
    assertThat(bytes.toString().chars()).allMatch(c -> c == '\n' || c >= ' ');
  }

  private BufferedImage drawn(byte[] truth, byte[] predicted, int classes) throws IOException {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / (float) values.length;
    }
    Sample sample =
        new Sample("s", new Picture(SIDE, SIDE, 1, values), new Mask(SIDE, SIDE, truth));
    Path file = folder.resolve("overlay.png");
    Overlay.write(file, sample, predicted, classes, ScoredClasses.of(classes, Set.of()));
    return ImageIO.read(file.toFile());
  }
}
