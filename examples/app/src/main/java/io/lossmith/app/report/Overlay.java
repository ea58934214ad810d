package io.lossmith.app.report;

import io.lossmith.app.data.Mask;
import io.lossmith.app.data.Sample;
import io.lossmith.app.score.Measure;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.losses.metrics.ConfusionTable;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws a picture as it is beside what was predicted of it. With one class the other side tells
 * what was found, what was found wrongly and what was missed; with more there are the true classes,
 * the predicted ones and a view that compares them.
 */
public final class Overlay {
  private static final int MOST_ENTRIES = 16; // classes in the legend

  private static final Color FOUND = new Color(0x00, 0xC0, 0x80);
  private static final Color WRONG = new Color(0xFF, 0x50, 0x00);
  private static final Color MISSED = new Color(0x30, 0x80, 0xFF);
  private static final Color OUTLINE = new Color(0xFF, 0xE1, 0x19);

  private static final float HUE_STEP = 0.618034f; // the golden section: neighbours are far apart

  private Overlay() {}

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
    Sheet sheet = new Sheet();
    sheet.show(sample.name(), sample.picture().size(), panel.plain());
    if (classes == 1) {
      showFindings(sheet, panel, sample, predicted, scores);
    } else {
      showClasses(sheet, panel, sample, predicted, scores, classes);
    }
    OwnPng.write(file, sheet.draw());
  }

  private static void showFindings(
      Sheet sheet, Panel panel, Sample sample, byte[] predicted, String scores) {
    BufferedImage found =
        panel.tinted(pixel -> finding(sample.mask().label(pixel), predicted[pixel]));
    panel.outlineTruth(found, OUTLINE);
    sheet.show("prediction", scores, found);
    sheet.beginLegend();
    sheet.explain(OUTLINE, "outline of the truth");
    explainFindings(sheet);
  }

  private static void explainFindings(Sheet sheet) {
    sheet.explain(FOUND, "found");
    sheet.explain(WRONG, "found, but not there");
    sheet.explain(MISSED, "missed");
  }

  private static @Nullable Color finding(int truth, int predicted) {
    if (truth == predicted) {
      return truth == 1 ? FOUND : null;
    }
    return truth == Mask.VOID ? null : truth == 1 ? MISSED : WRONG;
  }

  private static void showClasses(
      Sheet sheet, Panel panel, Sample sample, byte[] predicted, String scores, int classes) {
    Mask mask = sample.mask();
    sheet.show("truth", "", panel.tinted(pixel -> ofClass(mask.label(pixel), classes)));
    sheet.show(
        "prediction", scores, panel.tinted(pixel -> ofClass(predicted[pixel] & 0xFF, classes)));
    sheet.show(
        "compared",
        "",
        panel.tinted(pixel -> compared(mask.label(pixel), predicted[pixel] & 0xFF, classes)));
    sheet.beginLegend();
    explainFindings(sheet);
    sheet.explain(OUTLINE, "found as another class");
    explainClasses(sheet, mask, predicted, classes);
  }

  /** Explains the classes that either side of the picture has, the largest where there are many. */
  private static void explainClasses(Sheet sheet, Mask mask, byte[] predicted, int classes) {
    int[] pixels = new int[256];
    for (int pixel = 0; pixel < predicted.length; pixel++) {
      pixels[mask.label(pixel)]++;
      pixels[predicted[pixel] & 0xFF]++;
    }
    List<Integer> largest =
        IntStream.range(1, classes)
            .filter(label -> pixels[label] > 0)
            .boxed()
            .sorted(Comparator.comparingInt(label -> -pixels[label]))
            .toList();
    sheet.beginLegend();
    largest.stream()
        .limit(MOST_ENTRIES)
        .sorted()
        .forEach(label -> sheet.explain(ofClass(label, classes), "class " + label));
    if (largest.size() > MOST_ENTRIES) {
      sheet.explain(null, "and " + (largest.size() - MOST_ENTRIES) + " more");
    }
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

  /** Colours of classes; class 0 and ignored pixels stay as they are. */
  static @Nullable Color ofClass(int label, int classes) {
    if (label == 0 || label >= classes) {
      return null;
    }
    int i = label - 1;
    return Color.getHSBColor(
        0.3f + HUE_STEP * i, 0.9f - 0.5f * (i % 23) / 23, 1 - 0.5f * (i % 57) / 57);
  }
}
