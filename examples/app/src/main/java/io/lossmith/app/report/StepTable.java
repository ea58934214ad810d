package io.lossmith.app.report;

import io.lossmith.app.io.Csv;
import io.lossmith.app.score.Measure;
import io.lossmith.app.train.Figure;
import io.lossmith.app.train.History;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Each step as a line of CSV: its figures, and the scores of the validation pictures after it,
 * which are empty where these were not scored.
 */
final class StepTable {
  private StepTable() {}

  /** Writes the table, a line for each step. */
  static void write(Path file, History history) {
    List<float[]> figures = Arrays.stream(Figure.values()).map(history::of).toList();
    Map<Integer, History.Validation> scored =
        history.validations().stream()
            .collect(Collectors.toMap(History.Validation::step, Function.identity()));
    Stream<List<String>> steps =
        IntStream.range(0, history.steps()).mapToObj(i -> row(i, figures, scored.get(i + 1)));
    Csv.write(file, Stream.concat(Stream.of(head()), steps));
  }

  private static List<String> head() {
    List<String> head = new ArrayList<>(List.of("step"));
    Arrays.stream(Figure.values()).map(Figure::key).forEach(head::add);
    Arrays.stream(Measure.values()).map(Measure::key).forEach(head::add);
    return head;
  }

  private static List<String> row(
      int i, List<float[]> figures, History.@Nullable Validation scored) {
    List<String> row = new ArrayList<>();
    row.add(String.valueOf(i + 1));
    figures.forEach(figure -> row.add(String.valueOf(figure[i])));
    for (Measure measure : Measure.values()) {
      double value = scored == null ? Double.NaN : measure.of(scored.counts());
      row.add(Double.isNaN(value) ? "" : Measure.text(value, 6));
    }
    return row;
  }
}
