package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Drawn;
import io.lossmith.app.io.Json;
import io.lossmith.app.score.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model and its validation pictures have the same scores wherever scores are shown. */
class ScoresIT {
  private static final int WIDTH = 24;
  private static final int VOID = 255;
  private static final int VALIDATED = 3;

  @TempDir private Path folder;

  @Test
  void aForegroundHasOneScore() throws IOException {
    draw("", 4, 2, false);
    draw("v", VALIDATED, 2, false);
    agree(40, List.of(), "background", "foreground");
  }

  /** Class 2 is learned, but in no mask that is measured on; class 3 in none, so precision 0. */
  @Test
  void absentAndIgnoredClassesHaveOneScore() throws IOException {
    draw("", 4, 3, true);
    draw("v", VALIDATED, 2, true);
    agree(100, List.of("--classes=4", "--ignore=" + VOID), "0 (background)", "1", "2", "3");
  }

  private void agree(int steps, List<String> classes, String... rows) throws IOException {
    List<String> train =
        new ArrayList<>(
            List.of(
                "train", "--images=i", "--masks=m", "--steps=" + steps, "--crop=24", "--batch=2"));
    train.addAll(List.of("--validation-images=vi", "--validation-masks=vm"));
    train.addAll(classes);
    Launched trained = Launched.in(folder, train.toArray(String[]::new));
    assertThat(trained.code()).as(trained.err()).isZero();
    Path out = folder.resolve("lossmith-out");
    Map<?, ?> metrics = (Map<?, ?>) Json.read(Files.readString(out.resolve("metrics.json")));
    Map<?, ?> mean = (Map<?, ?>) metrics.get("validation");

    assertThat((Double) mean.get("dice")).as("neither nothing nor all").isBetween(0.05, 0.995);
    assertThat(found(trained.out(), "validation (Dice .*), on " + VALIDATED + " pictures"))
        .isEqualTo(titled(mean, Measure.FIRST_FOUR));

    List<String> table = Files.readAllLines(out.resolve("steps.csv"));
    List<String> names = List.of(table.get(0).split(","));
    List<String> last = List.of(table.get(table.size() - 1).split(",", -1));
    for (Measure measure : Measure.values()) {
      String shown = last.get(names.indexOf(measure.key()));
      assertThat(shown).as(measure.title).isEqualTo(text(mean, measure, 6).replace("-", ""));
    }

    String page = Files.readString(out.resolve("index.html"));
    List<Measure> two = List.of(Measure.DICE, Measure.IOU);
    assertThat(found(page, "<h1>Validation (.*)</h1>")).isEqualTo(titled(mean, two));
    assertThat(found(page, "<title>Lossmith training: (.*)</title>"))
        .isEqualTo(titled(mean, List.of(Measure.DICE)));

    Launched.in(folder, "predict", "--model=lossmith-out/model.npz", "--images=vi", "--out=p");
    List<String> evaluate =
        new ArrayList<>(List.of("evaluate", "--predictions=p", "--truth=vm", "--out=s.csv"));
    evaluate.addAll(classes);
    Launched compared = Launched.in(folder, evaluate.toArray(String[]::new));
    assertThat(compared.code()).as(compared.err()).isZero();
    List<Measure> four = Measure.FIRST_FOUR;
    assertThat(scores(compared.out(), "mean")).isEqualTo(texts(mean, four, 4));

    List<?> each = classes.isEmpty() ? List.of(Map.of(), mean) : (List<?>) mean.get("classes");
    if (!classes.isEmpty()) {
      assertThat(cells(page, "mean without class 0"))
          .isEqualTo(texts(mean, List.of(Measure.values()), 4));
    }
    for (int label = classes.isEmpty() ? 1 : 0; label < rows.length; label++) {
      Map<?, ?> one = (Map<?, ?>) each.get(label);
      assertThat(cells(page, rows[label])).isEqualTo(texts(one, List.of(Measure.values()), 4));
      assertThat(scores(compared.out(), "all +" + label + " +\\d+")).isEqualTo(texts(one, four, 4));
      assertThat(found(Files.readString(folder.resolve("s.csv")), "\n," + label + ",(.*)\r"))
          .endsWith("," + String.join(",", texts(one, four, 6)).replace("-", ""));
    }
  }

  /** Draws pictures and masks of squares, a class each, with a stripe of which nothing is known. */
  private void draw(String prefix, int count, int classes, boolean stripe) throws IOException {
    Path images = Files.createDirectory(folder.resolve(prefix + "i"));
    Path masks = Files.createDirectory(folder.resolve(prefix + "m"));
    for (int k = 0; k < count; k++) {
      int[] truth = new int[WIDTH * WIDTH];
      for (int label = 1; label < classes; label++) {
        int start = (2 + 3 * k % 7) * WIDTH + 12 * label - 10 + k;
        for (int i = 0; i < 49; i++) {
          truth[start + i / 7 * WIDTH + i % 7] = label;
        }
      }
      int shift = k; // pictures differ, so that no score is 0 or 1
      int[] grey = Arrays.stream(truth).map(label -> 60 + shift + 70 * label).toArray();
      if (stripe) {
        Arrays.fill(truth, 20 * WIDTH, 22 * WIDTH, VOID);
      }
      Drawn.grey(images.resolve("p" + k + ".png"), WIDTH, grey);
      Drawn.grey(masks.resolve("p" + k + ".png"), WIDTH, truth);
    }
  }

  private static String found(String text, String pattern) {
    List<String> found =
        Pattern.compile(pattern).matcher(text).results().map(one -> one.group(1)).toList();
    assertThat(found).as(pattern + " in " + text).hasSize(1);
    return found.get(0);
  }

  /** Returns the four scores of the line of evaluate that begins so. */
  private static List<String> scores(String text, String begin) {
    return List.of(found(text, "(?m)^" + begin + " +(.*?)$").split(" +"));
  }

  /** Returns the scores of a row of the page. */
  private static List<String> cells(String page, String row) {
    String cells =
        found(page, "<tr><td>(?:<span [^>]*></span>)?" + Pattern.quote(row) + "</td>(.*)</tr>");
    return Pattern.compile("<td[^>]*>([^<]*)</td>")
        .matcher(cells)
        .results()
        .map((MatchResult one) -> one.group(1))
        .toList();
  }

  private static String titled(Map<?, ?> scores, List<Measure> measures) {
    return measures.stream()
        .map(measure -> measure.title + " " + text(scores, measure, 4))
        .collect(Collectors.joining(", "));
  }

  private static List<String> texts(Map<?, ?> scores, List<Measure> measures, int digits) {
    return measures.stream().map(measure -> text(scores, measure, digits)).toList();
  }

  private static String text(Map<?, ?> scores, Measure measure, int digits) {
    @Nullable Object value = scores.get(measure.key());
    return Measure.text(
        value == null ? Double.NaN : ((Number) Objects.requireNonNull(value)).doubleValue(),
        digits);
  }
}
