package io.lossmith.app.report;

import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Sample;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.score.Measure;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.losses.metrics.ConfusionTable;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Draws a picture beside itself: the truth on the left, the prediction on the right. With one class
 * the right side tells what was found, what was found wrongly and what was missed; with more, both
 * sides show the classes and a third one compares them; a colour picture comes first as it is.
 */
public final class Overlay {
  private static final int GAP = 14;
  private static final int LINE = 26;
  private static final int ENTRY_WIDTH = 200;

  private static final Color FOUND = new Color(0x00, 0xC0, 0x80);
  private static final Color WRONG = new Color(0xFF, 0x50, 0x00);
  private static final Color MISSED = new Color(0x30, 0x80, 0xFF);
  private static final Color OUTLINE = new Color(0xFF, 0xE1, 0x19);

  private final List<View> views = new ArrayList<>();
  private final List<Entry> legend = new ArrayList<>();

  private record View(String title, BufferedImage image) {}

  private record Entry(Color color, String text) {}

  /**
   * Draws one sample.
   *
   * @param predicted the class of each pixel, row-major
   * @param classes how many classes there are; 1 means background and foreground
   * @param scored which pixels count
   */
  public static void write(
      Path file, Sample sample, byte[] predicted, int classes, ScoredClasses scored) {
    ConfusionTable counts = scored.table(predicted, sample.mask());
    String scores =
        Stream.of(Measure.DICE, Measure.IOU)
            .map(measure -> measure.title + " " + Measure.text(measure.of(counts), 3))
            .collect(Collectors.joining(", "));
    Panel panel = new Panel(sample);
    Overlay overlay = new Overlay();
    if (classes == 1) {
      overlay.showFindings(panel, sample, predicted, scores);
    } else {
      overlay.showClasses(panel, sample, predicted, scores, classes);
    }
    BufferedImage drawn = overlay.draw();
    AtomicFile.write(file, out -> ImageIO.write(drawn, "png", out));
  }

  private void showFindings(Panel panel, Sample sample, byte[] predicted, String scores) {
    BufferedImage truth = panel.plain();
    panel.outlineTruth(truth, OUTLINE);
    BufferedImage found =
        panel.tinted(pixel -> finding(sample.mask().label(pixel), predicted[pixel]));
    panel.outlineTruth(found, OUTLINE);
    views.add(new View(sample.name() + ": truth", truth));
    views.add(new View("prediction: " + scores, found));
    legend.add(new Entry(OUTLINE, "outline of the truth"));
    legend.add(new Entry(FOUND, "found"));
    legend.add(new Entry(WRONG, "found, but not there"));
    legend.add(new Entry(MISSED, "missed"));
  }

  private static @Nullable Color finding(int truth, int predicted) {
    if (truth == predicted) {
      return truth == 1 ? FOUND : null;
    }
    return truth == Mask.VOID ? null : truth == 1 ? MISSED : WRONG;
  }

  private void showClasses(
      Panel panel, Sample sample, byte[] predicted, String scores, int classes) {
    Mask mask = sample.mask();
    if (panel.isColour()) {
      views.add(new View(sample.name(), panel.plain()));
    }
    views.add(
        new View(
            (panel.isColour() ? "" : sample.name() + ": ") + "truth",
            panel.tinted(pixel -> ofClass(mask.label(pixel), classes))));
    views.add(
        new View(
            "prediction: " + scores,
            panel.tinted(pixel -> ofClass(predicted[pixel] & 0xFF, classes))));
    views.add(
        new View(
            "compared",
            panel.tinted(pixel -> compared(mask.label(pixel), predicted[pixel] & 0xFF, classes))));
    for (int label = 1; label < classes; label++) {
      legend.add(new Entry(ofClass(label, classes), "class " + label));
    }
    legend.add(new Entry(FOUND, "found"));
    legend.add(new Entry(WRONG, "found, but not there"));
    legend.add(new Entry(MISSED, "missed"));
    legend.add(new Entry(OUTLINE, "found as another class"));
  }

  private static @Nullable Color compared(int truth, int predicted, int classes) {
    if (truth >= classes || truth == 0 && predicted == 0) {
      return null;
    }
    if (truth == predicted) {
      return FOUND;
    }
    return truth == 0 ? WRONG : predicted == 0 ? MISSED : OUTLINE;
  }

  /** Hues from green over blue to pink; class 0 and ignored pixels stay as they are. */
  static @Nullable Color ofClass(int label, int classes) {
    if (label == 0 || label >= classes) {
      return null;
    }
    return Color.getHSBColor(0.3f + 0.62f * (label - 1) / Math.max(1, classes - 2), 0.85f, 0.95f);
  }

  private BufferedImage draw() {
    int height = views.get(0).image().getHeight();
    int wide = GAP + views.stream().mapToInt(view -> view.image().getWidth() + GAP).sum();
    int perRow = Math.max(1, (wide - GAP) / ENTRY_WIDTH);
    int rows = (legend.size() + perRow - 1) / perRow;
    BufferedImage sheet =
        new BufferedImage(
            wide, LINE + GAP + height + GAP + rows * LINE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    drawViews(pen);
    drawLegend(pen, LINE + GAP + height + GAP, perRow);
    pen.dispose();
    return sheet;
  }

  private void drawViews(Graphics2D pen) {
    pen.setColor(Color.BLACK);
    pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    int x = GAP;
    for (View view : views) {
      pen.drawString(view.title(), x, LINE);
      pen.drawImage(view.image(), x, LINE + GAP, null);
      x += view.image().getWidth() + GAP;
    }
  }

  private void drawLegend(Graphics2D pen, int top, int perRow) {
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    for (int i = 0; i < legend.size(); i++) {
      int x = GAP + i % perRow * ENTRY_WIDTH;
      int y = top + i / perRow * LINE;
      pen.setColor(legend.get(i).color());
      pen.fillRect(x, y, 16, 16);
      pen.setColor(Color.DARK_GRAY);
      pen.drawRect(x, y, 16, 16);
      pen.setColor(Color.BLACK);
      pen.drawString(legend.get(i).text(), x + 24, y + 14);
    }
  }
}
