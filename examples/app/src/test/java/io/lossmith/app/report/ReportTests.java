package io.lossmith.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Sample;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.app.train.History;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
    assertThat(sheet.getWidth()).isEqualTo(2 * 480 + 3 * 14);
    int top = top(sheet, 480);
    int lower = top + 480 + 14 + top; // the second row of views
    Color plain = new Color(sheet.getRGB(200, top + 200));
    assertThat(plain.getRed()).isEqualTo(plain.getGreen()).isEqualTo(plain.getBlue());
    assertThat(sheet.getRGB(14 + 480 + 14 + 200, top + 200))
        .isNotEqualTo(sheet.getRGB(200, lower + 200));
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
    int top = top(sheet, 480);
    int lower = top + 480 + 14 + top;
    Set<Integer> colours = new TreeSet<>();
    for (int quarter = 0; quarter < 4; quarter++) {
      colours.add(sheet.getRGB(494 + 14 + quarter * 120 + 60, lower + 200) & 0xC0C0C0);
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
    int y = top(sheet, shown) + 400;
    assertThat(sheet.getRGB(14 + shown + 14 + 400, y) & 0xFFFFFF).isNotZero();
    assertThat(sheet.getRGB(14 + shown + 14 + 402, y) & 0xFFFFFF).isZero();
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
  void theFirstViewIsThePictureWithoutPaint() throws IOException {
    byte[] all = new byte[SIDE * SIDE];
    Arrays.fill(all, (byte) 1);
    for (int classes : new int[] {1, 3}) {
      BufferedImage sheet = drawn(all, all, classes);
      int top = top(sheet, 480);
      for (int i = 0; i < 480; i += 5) {
        Color pixel = new Color(sheet.getRGB(14 + i, top + i));
        assertThat(pixel.getRed()).isEqualTo(pixel.getGreen()).isEqualTo(pixel.getBlue());
      }
    }
  }

  @Test
  void lettersGrowWithTheSheet() {
    assertThat(top(sheet(480, 4), 480)).isGreaterThan(2 * 480 / 18); // of two lines
    assertThat(top(sheet(960, 4), 960)).isGreaterThan(2 * 960 / 18);
    assertThat(sheet(30, 4).getWidth()).isGreaterThan(700); // a caption has room
  }

  @Test
  void aLegendOfManyEntriesTakesMoreLines() {
    assertThat(sheet(480, 20).getHeight()).isGreaterThan(sheet(480, 4).getHeight() + 3 * 27);
  }

  private static BufferedImage sheet(int side, int entries) {
    Sheet sheet = new Sheet();
    BufferedImage white = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Arrays.fill(((DataBufferInt) white.getRaster().getDataBuffer()).getData(), 0xFFFFFF);
    sheet.show("a", "", white);
    sheet.show("a name that is far too long for its column ".repeat(9), "", white);
    sheet.beginLegend();
    for (int i = 0; i < entries; i++) {
      sheet.explain(Color.RED, "what it means " + i);
    }
    return sheet.draw();
  }

  /** The first line of a view, below its caption, by its last pixel: captions are shorter. */
  private static int top(BufferedImage sheet, int width) {
    return IntStream.range(0, sheet.getHeight())
        .filter(y -> sheet.getRGB(14 + width - 1, y) != Sheet.GROUND.getRGB())
        .findFirst()
        .orElseThrow();
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
