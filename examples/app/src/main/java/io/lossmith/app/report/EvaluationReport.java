package io.lossmith.app.report;

import io.lossmith.app.io.Csv;
import io.lossmith.app.score.Measure;
import io.lossmith.losses.metrics.ConfusionCounts;
import io.lossmith.losses.metrics.ConfusionTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well predicted masks match the truth, for each picture and class, with totals. A {@link
 * Measure} that says nothing is left out.
 *
 * @param names of the pictures, in the order of the table
 * @param table the counts of each picture and class
 * @param first the first class that is shown: 1 where there is only foreground
 */
public record EvaluationReport(List<String> names, ConfusionTable table, int first) {
  private static final String ALL = "all";
  private static final String MEAN = "mean";

  private static final List<Measure> SCORES = Measure.FIRST_FOUR;
  private static final List<String> SCORE_NAMES = SCORES.stream().map(Measure::key).toList();
  private static final List<String> COUNT_NAMES =
      List.of("truePositives", "falsePositives", "falseNegatives", "trueNegatives");

  /** Returns the table as text: a line for each picture and class, then the totals. */
  public String text() {
    int wide = names.stream().mapToInt(String::length).reduce("picture".length(), Math::max);
    StringBuilder text = new StringBuilder();
    text.append(line(wide, "picture", "class", "pixels", SCORE_NAMES));
    for (int image = 0; image < names.size(); image++) {
      for (int label = first; label < table.classes(); label++) {
        text.append(line(wide, names.get(image), label, table.counts(image, label)));
      }
    }
    for (int label = first; label < table.classes(); label++) {
      text.append(line(wide, ALL, label, table.total(label)));
    }
    text.append(line(wide, MEAN, "", "", scores(measure -> measure.of(table))));
    return text.toString();
  }

  private static String line(int wide, String name, int label, ConfusionCounts counts) {
    return line(
        wide,
        name,
        String.valueOf(label),
        String.valueOf(counts.truePositives() + counts.falseNegatives()),
        scores(measure -> measure.of(counts)));
  }

  private static String line(
      int wide, String name, String label, String pixels, List<String> scores) {
    StringBuilder line = new StringBuilder();
    line.append(name).append(" ".repeat(wide - name.length()));
    line.append(String.format(Locale.ROOT, "  %5s  %10s", label, pixels));
    scores.forEach(score -> line.append(String.format(Locale.ROOT, "  %9s", score)));
    return line.append(System.lineSeparator()).toString();
  }

  /** Writes the table as CSV; rows of the totals have no picture, what is left out is empty. */
  public void write(Path file) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        Stream.of(List.of("picture", "class"), COUNT_NAMES, SCORE_NAMES)
            .flatMap(List::stream)
            .toList());
    for (int image = 0; image < names.size(); image++) {
      for (int label = first; label < table.classes(); label++) {
        rows.add(row(names.get(image), label, table.counts(image, label)));
      }
    }
    IntStream.range(first, table.classes())
        .forEach(label -> rows.add(row("", label, table.total(label))));
    Csv.write(file, rows.stream());
  }

  private static List<String> row(String name, int label, ConfusionCounts counts) {
    List<String> row = new ArrayList<>(List.of(name, String.valueOf(label)));
    row.add(String.valueOf(counts.truePositives()));
    row.add(String.valueOf(counts.falsePositives()));
    row.add(String.valueOf(counts.falseNegatives()));
    row.add(String.valueOf(counts.trueNegatives()));
    for (Measure score : SCORES) {
      double value = score.of(counts);
      row.add(Double.isNaN(value) ? "" : Measure.text(value, 6));
    }
    return row;
  }

  private static List<String> scores(ToDoubleFunction<Measure> values) {
    return SCORES.stream().map(score -> Measure.text(values.applyAsDouble(score), 4)).toList();
  }
}
