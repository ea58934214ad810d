package io.lossmith.app.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.app.io.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTests {
  @TempDir private Path folder;

  static List<String> values() {
    return PicturesOfOthers.lines("values.txt");
  }

  static List<String> refused() {
    return PicturesOfOthers.lines("refused.txt");
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatOthersWroteIsRead(String line) {
    String[] words = line.split(" ");
    int[] sizes = Arrays.stream(words, 1, 5).mapToInt(Integer::parseInt).toArray();
    double off = Double.parseDouble(words[5]);
    Path file = PicturesOfOthers.file(words[0]);
    Stored stored = Formats.ask(file, open -> open.read(sizes[0]));
    PictureLayout layout = Formats.ask(file, open -> open.layout(sizes[0]));
    assertThat(stored.layout()).isEqualTo(layout);
    assertThat(List.of(layout.width(), layout.height(), layout.bands()))
        .isEqualTo(List.of(sizes[1], sizes[2], sizes[3]));
    int next = 6;
    for (int y = 0; y < sizes[2]; y++) {
      for (int x = 0; x < sizes[1]; x++) {
        for (int band = 0; band < sizes[3]; band++) {
          assertThat(stored.samples().at(band, x, y))
              .as("%d, %d, band %d", x, y, band)
              .isCloseTo(Double.parseDouble(words[next++]), within(off));
        }
      }
    }
    assertThat(next).isEqualTo(words.length);
  }

  @ParameterizedTest
  @MethodSource("values")
  void rowsAreWhatPixelsAre(String line) {
    String[] words = line.split(" ");
    Stored stored =
        Formats.ask(PicturesOfOthers.file(words[0]), open -> open.read(Integer.parseInt(words[1])));
    int last = stored.layout().bands() - 1;
    double[] row = new double[stored.width()];
    stored.samples().row(last, stored.height() - 1, row);
    for (int x = 0; x < row.length; x++) {
      assertThat(row[x]).isEqualTo(stored.samples().at(last, x, stored.height() - 1));
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNotReadIsRefusedByName(String line) {
    String[] parts = line.split("\\|");
    Path file = PicturesOfOthers.file(parts[0]);
    assertThatThrownBy(() -> Formats.ask(file, open -> open.read(0)))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(parts[1])
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lzw-2-uint16.tif",
        "zlib-3-float32.tif",
        "packbits.tif",
        "tiles-rgb.tif",
        "bigtiff.tif",
        "opencv-16.tif",
        "pillow-group4.tif",
        "jpeg-in-tiff.tif",
        "imagej-one-directory.tif",
        "bits-12.tif"
      })
  void aCutTiffIsNeverReadAsAnotherPicture(String name) throws IOException {
    byte[] whole = Files.readAllBytes(PicturesOfOthers.file(name));
    Stored right = Formats.ask(PicturesOfOthers.file(name), open -> open.read(0));
    Path cut = folder.resolve("cut.tif");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      try {
        assertThat(numbers(Formats.ask(cut, open -> open.read(0))))
            .as("%d of %d bytes", length, whole.length)
            .isEqualTo(numbers(right));
      } catch (BadInput e) {
        assertThat(e).hasMessageStartingWith(cut + ": ");
      }
    }
  }

  private static double[] numbers(Stored stored) {
    double[] all = new double[stored.width() * stored.height()];
    for (int i = 0; i < all.length; i++) {
      all[i] = stored.samples().at(0, i % stored.width(), i / stored.width());
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lzw-2-uint16.tif", "bigtiff.tif", "tiles.tif", "pages.tif"})
  void aDamagedTiffIsReadOrRefusedInOneLineAndInTime(String name) throws IOException {
    byte[] whole = Files.readAllBytes(PicturesOfOthers.file(name));
    Path file = folder.resolve("damaged.tif");
    for (int at = 4; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (at % 2 == 0 ? 0xFF : 0x10);
      Files.write(file, damaged);
      try {
        Formats.ask(file, open -> open.read(0));
      } catch (BadInput e) {
        assertThat(e).hasMessageStartingWith(file + ": ").hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void directoriesThatGoInACircleAreDamage() throws IOException {
    byte[] circle = {
      0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0
    };
    Path file = Files.write(folder.resolve("circle.tif"), circle);
    assertThatThrownBy(() -> Formats.ask(file, PictureFile::pictures))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("the file is damaged: its directories go in a circle");
  }

  @Test
  void aJpegOfTwentyBytesEndsTooEarly() throws IOException {
    byte[] whole = Files.readAllBytes(PicturesOfOthers.file("turned-1.jpg"));
    Path file = Files.write(folder.resolve("a.jpg"), Arrays.copyOf(whole, 20));
    assertThatThrownBy(() -> Formats.ask(file, open -> open.read(0)))
        .hasMessage(file + ": cannot be read as a picture; the file ends too early.");
  }

  @Test
  void aPngWithoutItsLastByteIsRead() throws IOException {
    byte[] whole = Files.readAllBytes(PicturesOfOthers.file("rgb.png"));
    Path file = Files.write(folder.resolve("a.png"), Arrays.copyOf(whole, whole.length - 1));
    assertThat(Formats.ask(file, open -> open.read(0)).width()).isEqualTo(6);
  }

  @Test
  void messagesAndHelpNameAllFormats() {
    assertThat(Formats.NAMES).isEqualTo(String.join(", ", Formats.names()));
  }

  @Test
  void bytesDecideNotTheEnding() throws IOException {
    Path file = Files.copy(PicturesOfOthers.file("rgb.png"), folder.resolve("a.tif"));
    assertThat(Formats.ask(file, open -> open.read(0)).width()).isEqualTo(6);
  }

  @Test
  void pagesAreCountedWithoutSmallerCopies() {
    assertThat(pictures("pages.tif")).isEqualTo(3);
    assertThat(pictures("pyramid.tif")).isEqualTo(1);
    assertThat(pictures("imagej-3-channels.tif")).isEqualTo(2);
    assertThat(pictures("imagej-one-directory.tif")).isEqualTo(3);
  }

  private static int pictures(String name) {
    return Formats.ask(PicturesOfOthers.file(name), PictureFile::pictures);
  }
}
