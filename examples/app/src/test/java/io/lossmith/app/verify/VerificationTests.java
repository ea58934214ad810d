package io.lossmith.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Json;
import io.lossmith.core.engine.Engines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTests {
  /** 1 − 2·0.8/(1 + 1) by hand; the slope is −2(t(P+T) − I)/(P+T)² for p = 0.8, 0.2, t = 1, 0. */
  private static final String DICE =
      """
      {"id": "%s", "loss": "%s", "options": %s,
       "prediction": {"shape": [1, 1, 1, 2], "values": [0.8, 0.2]},
       "target": {"shape": [1, 1, 1, 2], "values": [1, 0]},
       "expected": %s, "tolerance": 2e-5}""";

  private static final String RIGHT = "{\"value\": 0.2, \"gradient\": [-0.6, 0.4]}";
  private static final String NO_SMOOTH = "{\"smooth\": 0}";

  @TempDir private Path folder;

  @Test
  void aRightCasePasses() throws IOException {
    Verification verification = verified(dice("one", "dice", NO_SMOOTH, RIGHT));
    assertThat(verification.passes()).isTrue();
    assertThat(printed(verification)).contains("dice", "1 cases, 1 passed, 0 failed", "none");
  }

  /** Two levels of the case above: the value is 0.2 + ½·0.2, the gradients stand in a row. */
  @Test
  void severalPredictionsAreThoseOfDeepSupervision() throws IOException {
    String right = DICE.formatted("deep", "%s", "%s", "{\"value\": 0.3, \"gradient\": %s}");
    String two =
        right
            .replace("\n", " ")
            .replace(
                "\"prediction\": {\"shape\": [1, 1, 1, 2], \"values\": [0.8, 0.2]}",
                "\"predictions\": [{\"shape\": [1, 1, 1, 2], \"values\": [0.8, 0.2]},"
                    + " {\"shape\": [1, 1, 1, 2], \"values\": [0.8, 0.2]}]");
    String dice = "{\"loss\": {\"loss\": \"dice\", \"options\": {\"smooth\": 0}}}";
    String gradient = "[[-0.6, 0.4], [-0.3, 0.2]]";
    assertThat(verified(two.formatted("deep-supervision", dice, gradient)).passes()).isTrue();
    Verification plain = verified(two.formatted("dice", NO_SMOOTH, gradient));
    assertThat(plain.passes()).isFalse();
    assertThat(printed(plain)).contains("predictions has 2 arrays");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "dice | {\"value\": 0.2001, \"gradient\": [-0.6, 0.4]} | must be 0.20010000 within",
        "dice | {\"value\": 0.2, \"gradient\": [-0.6, 0.41]} | gradient 1 is 0.4",
        "dice | {\"value\": 0.2, \"gradient\": [-0.6]} | gradient has 2 entries, must have 1",
        "dice | {\"value\": {\"shape\": [2], \"values\": [0, 1]}} | gives 1 values, must give 2",
        "dice | {\"value\": {\"shape\": [1, 1], \"values\": [0.2]}} | shape [], must have [1, 1]",
        "dice | {\"value\": NaN} | must be NaN",
        "dice | {\"error\": \"ShapeException\"} | gives a value, must throw ShapeException",
        "diece | {\"value\": 0.2} | throws IllegalArgumentException",
        "diece | {\"error\": \"ShapeException\"} | must throw ShapeException",
      })
  void aWrongCaseFailsAndSaysWhy(String loss, String expected, String why) throws IOException {
    Verification verification =
        verified(dice("good", "dice", NO_SMOOTH, RIGHT), dice("bad-1", loss, NO_SMOOTH, expected));
    assertThat(verification.passes()).isFalse();
    assertThat(printed(verification))
        .contains("bad-1: ", why, "2 cases, 1 passed, 1 failed")
        .doesNotContain("good:");
  }

  @Test
  void anUnknownOptionFails() throws IOException {
    assertThat(verified(dice("a", "dice", "{\"smoth\": 1}", RIGHT)).passes()).isFalse();
  }

  @Test
  void aWantedErrorPassesWhenItComes() throws IOException {
    String differing =
        dice("e", "dice", "{}", "{\"error\": \"ShapeException\"}")
            .replaceFirst("\"shape\": \\[1, 1, 1, 2\\]", "\"shape\": [1, 1, 2, 1]");
    assertThat(verified(differing).passes()).isTrue();
    String value =
        dice("e", "dice", "{\"smooth\": -1}", "{\"error\": \"IllegalArgumentException\"}");
    assertThat(verified(value).passes()).isTrue();
  }

  @Test
  void everyValueOfReductionNoneIsCompared() throws IOException {
    String expected =
        "{\"value\": {\"shape\": [1, 1], \"values\": [%s]}, \"gradient\": [-0.6, 0.4]}";
    String options = "{\"smooth\": 0, \"reduction\": \"none\"}";
    assertThat(verified(dice("n", "dice", options, expected.formatted("0.2"))).passes()).isTrue();
    assertThat(verified(dice("n", "dice", options, expected.formatted("0.3"))).passes()).isFalse();
  }

  @Test
  void theReportHasALineForEachCase() throws IOException {
    Verification verification =
        verified(dice("good", "dice", NO_SMOOTH, RIGHT), dice("bad", "nope", "{}", RIGHT));
    Path report = folder.resolve("report.jsonl");
    verification.report(report);
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(report)) {
      lines.add((Map<?, ?>) Json.read(line));
    }
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).keySet().toArray())
        .containsExactly("id", "value", "gradient", "error", "pass");
    assertThat(lines.get(0).get("pass")).isEqualTo(true);
    assertThat(((Number) lines.get(0).get("value")).doubleValue()).isBetween(0.1999, 0.2001);
    assertThat((List<?>) lines.get(0).get("gradient")).hasSize(2);
    assertThat((String) lines.get(1).get("error")).startsWith("IllegalArgumentException: ");
    assertThat(lines.get(1).get("pass")).isEqualTo(false);
    assertThat(lines.get(1).get("value")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[1, 2]",
        "{\"id\": \"a\"}",
        "{\"id\": \"a\", \"loss\": \"dice\", \"expected\": {\"value\": \"much\"}}",
        "{\"id\": 3, \"loss\": \"dice\", \"expected\": {\"value\": 1}}"
      })
  void aLineThatIsNoCaseIsBadInput(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("cases.jsonl"), "\n\n" + line + "\n");
    assertThatThrownBy(() -> Verification.of(file, Engines.defaultEngine()))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(file + " line 3: ");
  }

  @Test
  void valuesThatDoNotFillTheirShapeAreBadInput() {
    String line = dice("a", "dice", "{}", RIGHT).replace("[0.8, 0.2]", "[0.8]");
    assertThatThrownBy(() -> verified(line))
        .hasMessageContaining("prediction has 1 values, its shape [1, 1, 1, 2] needs 2");
  }

  /** Each replaces a part of a right line; nothing of it may be passed over. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "}$ | }{} | holds more than one value, must hold one.",
        "}$ | }, | holds more than one value, must hold one.",
        "}$ | } and more | holds more than one value, must hold one.",
        "\"tolerance.* | `` | is cut: the JSON does not end.",
        "\"id\" | id | is not JSON: wrong at column 2.",
        "\"loss\" | \"id\" | is not JSON: an object has a name twice.",
        "1, 1, 1, 2 | 1, 1, 1, 2.9 | prediction.shape is [1,1,1,2.9], must be whole numbers, 0 or more.",
        "1, 1, 1, 2 | -1, 1, 1, 2 | prediction.shape is [-1,1,1,2], must be whole numbers, 0 or more.",
        "1, 1, 1, 2 | 1, 1, 1, 1e10 | prediction.shape is [1,1,1,1.0E10], must be whole numbers, 0 or more.",
        "0\\.8 | 1e39 | prediction.values is 1.0E39, must be numbers that fit in 32 bits.",
        "2e-5 | 1e999 | tolerance is \"Infinity\", must be a number above 0.",
        "2e-5 | NaN | tolerance is \"NaN\", must be a number above 0.",
        "2e-5 | 0 | tolerance is 0, must be a number above 0.",
        "2e-5 | \"x\" | tolerance is \"x\", must be a number.",
        "\"tolerance\" | \"tolerence\" | a name in a case is \"tolerence\", must be one of id,",
        "\"gradient\" | \"gradeint\" | a name in expected is \"gradeint\", must be one of value,",
        "\"target\" | \"predictions\": [], \"target\" | has prediction and predictions",
        "\"prediction\": | \"predictions\": | must be a list of arrays.",
      })
  void aLineIsReadStrictly(String part, String instead, String why) throws IOException {
    String line = dice("a", "dice", NO_SMOOTH, RIGHT);
    assertThat(verified(line).passes()).isTrue();
    String wrong = Pattern.compile(part).matcher(line).replaceFirst(instead);
    Path file = folder.resolve("cases.jsonl");
    assertThatThrownBy(() -> verified(line, wrong))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(file + " line 2: ")
        .hasMessageContaining(why);
  }

  @Test
  void aByteOrderMarkIsPassed() throws IOException {
    assertThat(verified("\uFEFF" + dice("a", "dice", NO_SMOOTH, RIGHT)).passes()).isTrue();
  }

  @Test
  void aReportIsJsonWhateverTheValues() throws IOException {
    String nan = dice("n", "mse", "{}", "{\"value\": NaN}").replace("0.8", "NaN");
    Verification verification = verified(nan);
    assertThat(verification.passes()).isTrue();
    verification.report(folder.resolve("report.jsonl"));
    assertThat(folder.resolve("report.jsonl"))
        .content()
        .contains("\"value\":\"NaN\"")
        .doesNotContain(":NaN", "[NaN", ",NaN");
  }

  @Test
  void aFileWithoutCasesIsBadInput() throws IOException {
    Path file = Files.writeString(folder.resolve("empty.jsonl"), "\n");
    assertThatThrownBy(() -> Verification.of(file, Engines.defaultEngine()))
        .hasMessageContaining("holds no case");
    assertThatThrownBy(() -> Verification.of(folder.resolve("none.jsonl"), Engines.defaultEngine()))
        .hasMessageContaining("there is no such file");
  }

  private static String dice(String id, String loss, String options, String expected) {
    return DICE.formatted(id, loss, options, expected).replace("\n", " ");
  }

  private Verification verified(String... lines) throws IOException {
    Path file = Files.writeString(folder.resolve("cases.jsonl"), String.join("\n", lines));
    return Verification.of(file, Engines.byName("reference"));
  }

  private static String printed(Verification verification) {
    StringWriter text = new StringWriter();
    verification.print(new PrintWriter(text));
    return text.toString();
  }
}
