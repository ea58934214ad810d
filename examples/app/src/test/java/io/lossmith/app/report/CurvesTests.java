package io.lossmith.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.data.Mask;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.app.train.History;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTests {
  private static final int MEAN = 0xFF005494;
  private static final int IOU = 0xFFC85A00;

  @TempDir private Path folder;

  @Test
  void theLegendCoversNoLossOfThreeSteps() throws IOException {
    Path file = folder.resolve("loss.png");
    Curves.loss(file, new float[] {1.3f, 1.3f, 1.3f}, "dice");
    assertLineReachesTheRight(ImageIO.read(file.toFile()), MEAN);
  }

  @Test
  void theLegendCoversNoScoreOfZero() throws IOException {
    Mask truth = new Mask(2, 1, new byte[] {1, 1});
    ScoredClasses scored = ScoredClasses.of(1, Set.of());
    List<History.Validation> validations =
        IntStream.rangeClosed(1, 3)
            .mapToObj(step -> new History.Validation(step, scored.table(new byte[2], truth)))
            .toList();
    Path file = folder.resolve("dice.png");
    Curves.scores(file, validations, 3);
    assertLineReachesTheRight(ImageIO.read(file.toFile()), IOU);
  }

  /** The later line is within the earlier one, where both are the same. */
  @Test
  void runsThatAgreeAreBothSeen() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Files.writeString(
        one.resolve("steps.csv"), "step,loss,dice\r\n1,1.5,\r\n2,0.5,0.9\r\n3,0.25,\r\n");
    RunCurves.Run read = RunCurves.read(one);
    assertThat(read.losses()).containsExactly(1.5, 0.5, 0.25);
    Path file = folder.resolve("curves.png");
    Curves.runs(file, List.of(read, new RunCurves.Run("two", read.losses())));
    BufferedImage chart = ImageIO.read(file.toFile());
    for (int colour : new int[] {0xFF9FC5E8, 0xFFF08C2E}) {
      int[] columns = columns(chart, colour);
      assertThat(columns.length).isGreaterThan(chart.getWidth() / 3);
      assertThat(columns[columns.length - 1]).isGreaterThan(chart.getWidth() * 9 / 10);
    }
  }

  @Test
  void whatIsNoTableOfStepsIsSaid() throws IOException {
    Files.writeString(folder.resolve("steps.csv"), "step,loss\nhello\n");
    assertThatThrownBy(() -> RunCurves.read(folder))
        .isInstanceOf(BadInput.class)
        .hasMessageEndingWith("steps.csv: is not a table of steps as train writes it.");
    assertThatThrownBy(() -> RunCurves.read(folder.resolve("none")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("steps.csv: cannot be read; ");
  }

  /** The line goes on from step 1, a third of the way, to the last, with no gap. */
  private static void assertLineReachesTheRight(BufferedImage chart, int colour) {
    int[] columns = columns(chart, colour);
    assertThat(columns[columns.length - 1]).isGreaterThan(chart.getWidth() * 9 / 10);
    assertThat(columns[columns.length - 1] - columns[0]).isEqualTo(columns.length - 1);
  }

  private static int[] columns(BufferedImage chart, int colour) {
    return IntStream.range(0, chart.getWidth())
        .filter(
            x ->
                IntStream.range(0, chart.getHeight() * 9 / 10) // the legend is below
                    .anyMatch(y -> chart.getRGB(x, y) == colour))
        .toArray();
  }
}
