package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskColorsTests {
  @TempDir private Path folder;

  @Test
  void aFileGivesEachColourItsClass() throws IOException {
    Path text = text("0 #000000 ground", "", "2 0 255 0 tree", "1, #FF0000", "ignore #ffffff");
    MaskColors colors = MaskColors.read(text, 3);
    assertThat(colors.labels())
        .isEqualTo(Map.of(0, 0, 0x00FF00, 2, 0xFF0000, 1, 0xFFFFFF, Mask.VOID));
    Path mask = Drawn.colour(folder.resolve("m.png"), 4, 0xFF0000, 0, 0xFFFFFF, 0x00FF00);
    assertThat(read(colors, mask).labels()).containsExactly(1, 0, (byte) 255, 2);
    int[] palette = {0x00FF00, 0xFF0000, 0};
    Path entries = Drawn.palette(folder.resolve("p.png"), palette, 3, 0, 1, 2);
    assertThat(read(colors, entries).labels()).containsExactly(2, 1, 0);
    Path grey = Drawn.grey(folder.resolve("g.png"), 2, 255, 0);
    assertThat(read(colors, grey).labels()).containsExactly((byte) 255, 0);
  }

  @Test
  void withoutClassesLinesCount() throws IOException {
    MaskColors colors = MaskColors.read(text("#000000", "128 64 128", "#0000ff sky"), 3);
    assertThat(colors.labels()).isEqualTo(Map.of(0, 0, 0x804080, 1, 0x0000FF, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "red | line 1 must be a class and its colour, such as 2 #00ff00",
        "3 #00ff00 | line 1 has class 3, must be in 0..2; give --classes",
      })
  void whatIsNoListOfColoursIsRefused(String line, String words) throws IOException {
    Path text = text(line);
    assertThatThrownBy(() -> MaskColors.read(text, 3))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(words);
  }

  @Test
  void aColourThatIsNotInTheFileIsRefusedWithItsPlace() throws IOException {
    MaskColors colors = MaskColors.read(text("#000000"), 2);
    Path mask = Drawn.colour(folder.resolve("m.png"), 2, 0, 0x123456);
    assertThatThrownBy(() -> read(colors, mask))
        .hasMessageContaining("pixel (1, 0) is #123456, which " + colors.who());
  }

  @Test
  void coloursThatMasksHaveAreFoundInAllOfThem() {
    Path one = Drawn.colour(folder.resolve("1.png"), 2, 0x00FF00, 0);
    Path two = Drawn.colour(folder.resolve("2.png"), 2, 0xFF0000, 0x0000FF);
    List<Source> masks = List.of(Source.of(one), Source.of(two));
    assertThat(FoundColors.in(masks, 4)).hasToString("0 #000000, 1 #0000ff, 2 #00ff00, 3 #ff0000");
    assertThatThrownBy(() -> FoundColors.in(masks, 3))
        .hasMessageContaining("with it masks have 4 colours, --classes is 3");
  }

  private static Mask read(MaskColors colors, Path file) {
    MaskRules rules = new MaskRules(3, Foreground.CLEAR, false, Set.of(), colors, false);
    return new MaskReader(rules).read(Source.of(file));
  }

  private Path text(String... lines) throws IOException {
    return Files.write(folder.resolve("colors.txt"), List.of(lines));
  }
}
