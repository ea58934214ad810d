package io.lossmith.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Mask;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.losses.metrics.ConfusionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexPageTests {
  @TempDir private Path folder;

  @Test
  void namesAndSettingsCannotBecomeMarkup() throws IOException {
    String page = page(1, List.of("<b>&\"it's\" 100% #1?"), 1, List.of());
    assertThat(page)
        .doesNotContain("<b>", "\"it's")
        .contains("&lt;b&gt;&amp;&quot;it&#39;s&quot; 100% #1?")
        .contains("src=\"overlays/%3Cb%3E&amp;%22it&#39;s%22%20100%25%20%231%3F.png\"")
        .contains("dice,smooth=1 &lt; 2");
  }

  @Test
  void everythingIsBesideThePage() throws IOException {
    String page = page(1, List.of("a"), 1, List.of());
    assertThat(page)
        .contains(
            "on 1 picture that was not learned from",
            "src=\"loss.png\"",
            "src=\"dice.png\"",
            "overlays/a.png");
    assertThat(page).doesNotContain("http:", "https:", "//", "<script");
    assertThat(folder.toFile().list()).containsExactly("index.html");
  }

  @Test
  void eachClassHasItsScoresAndWeight() throws IOException {
    String page = page(3, List.of("a", "b"), 5, List.of(0.5, 2.0, 12.25));
    assertThat(page)
        .contains("0 (background)", "mean without class 0", "12.2500", "The first 2 of 5.");
    assertThat(page.split("class=\"swatch\"", -1)).hasSize(3); // two classes have a colour
    assertThat(page(1, List.of("a"), 1, List.of()))
        .contains("foreground")
        .doesNotContain("weight<");
  }

  @Test
  void phonesAndDarkScreensAreThoughtOf() throws IOException {
    assertThat(page(1, List.of("a"), 1, List.of()))
        .contains(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta name=\"color-scheme\" content=\"light dark\">",
            "@media (prefers-color-scheme: dark)",
            "@media (max-width: 48rem)",
            "<div class=\"columns chart\">", // which the style inverts in the dark
            "<td class=\"number\" data-name=\"precision\">"); // on a phone the head of its column
  }

  @Test
  void picturesComeFirstAndSettingsLast() throws IOException {
    assertThat(page(1, List.of("a"), 1, List.of()))
        .containsSubsequence(
            "<h1>", "overlays/a.png", "loss.png", "dice.png", "<h2>Scores", "<h2>Settings");
  }

  @Test
  void manyPicturesAndManyClassesAreFolded() throws IOException {
    String many = page(200, List.of("a", "b", "c", "d", "e", "f"), 6, List.of());
    assertThat(many)
        .containsSubsequence(
            "overlays/d.png",
            "<details>",
            "2 more",
            "overlays/e.png",
            "overlays/f.png",
            "</details>")
        .containsSubsequence(
            "mean without class 0",
            "<details>",
            "each of 200 classes",
            "<td>0 (back",
            "</details>");
    assertThat(many.split("background:#", -1)).hasSize(1 + 199);
    assertThat(Arrays.stream(many.split("background:#")).skip(1).map(row -> row.substring(0, 6)))
        .doesNotHaveDuplicates();
    assertThat(page(3, List.of("a"), 1, List.of())).doesNotContain("<details>");
  }

  @Test
  void nothingFoundIsNoPrecision() throws IOException {
    ScoredClasses scored = ScoredClasses.of(1, Set.of());
    ConfusionTable missed = scored.table(new byte[2], new Mask(2, 1, new byte[] {1, 0}));
    assertThat(page(missed, scored, 1, List.of("a"), 1, List.of(), false, List.of()))
        .containsSubsequence(
            "foreground", "data-name=\"precision\">-<", "data-name=\"recall\">0.0000<");
  }

  @Test
  void whatBecameOfTheTrainingIsSaidWithItsFiles() throws IOException {
    ScoredClasses scored = ScoredClasses.of(1, Set.of());
    ConfusionTable counts = scored.table(new byte[] {1}, new Mask(1, 1, new byte[] {1}));
    assertThat(page(counts, scored, 1, List.of("a"), 1, List.of(), true, List.of("x < y", "z")))
        .containsSubsequence("<h1>", "<p>x &lt; y</p>", "<p>z</p>", "overlays/a.png")
        .contains("href=\"best.npz\"", "href=\"steps.csv\"");
    assertThat(page(1, List.of("a"), 1, List.of()))
        .contains("href=\"steps.csv\"")
        .doesNotContain("best.npz");
  }

  private String page(int outputs, List<String> overlays, int validated, List<Double> weights)
      throws IOException {
    ScoredClasses scored = ScoredClasses.of(outputs, Set.of());
    ConfusionTable counts =
        scored.table(new byte[] {1, 0, 1}, new Mask(3, 1, new byte[] {1, 1, 0}));
    return page(counts, scored, outputs, overlays, validated, weights, false, List.of());
  }

  private String page(
      ConfusionTable counts,
      ScoredClasses scored,
      int outputs,
      List<String> overlays,
      int validated,
      List<Double> weights,
      boolean keepsBest,
      List<String> remarks)
      throws IOException {
    Path file = folder.resolve("index.html");
    RunFacts facts = new RunFacts(Map.of("loss", "dice,smooth=1 < 2"), weights, keepsBest);
    SurfaceScores surfaces = new SurfaceScores(scored);
    Results results = new Results(counts, surfaces, outputs, overlays, validated, remarks);
    IndexPage.write(file, facts, results);
    return Files.readString(file);
  }
}
