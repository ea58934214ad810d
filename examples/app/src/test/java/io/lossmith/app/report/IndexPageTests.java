package io.lossmith.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Mask;
import io.lossmith.app.score.ScoredClasses;
import io.lossmith.losses.metrics.ConfusionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private String page(int outputs, List<String> overlays, int validated, List<Double> weights)
      throws IOException {
    ScoredClasses scored = ScoredClasses.of(outputs, Set.of());
    ConfusionTable counts =
        scored.table(new byte[] {1, 0, 1}, new Mask(3, 1, new byte[] {1, 1, 0}));
    Path file = folder.resolve("index.html");
    RunFacts facts = new RunFacts(Map.of("loss", "dice,smooth=1 < 2"), weights);
    SurfaceScores surfaces = new SurfaceScores(scored);
    IndexPage.write(file, facts, counts, surfaces, outputs, overlays, validated);
    return Files.readString(file);
  }
}
