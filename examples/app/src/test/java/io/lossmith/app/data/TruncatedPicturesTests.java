package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruncatedPicturesTests {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "tif"})
  void aPictureIsRefusedWhereverItIsCut(String ending) throws IOException {
    int[] noise = new SplittableRandom(1).ints(64 * 64, 0, 256).toArray();
    Path file = Drawn.grey(folder.resolve("a." + ending), 64, noise);
    byte[] whole = Files.readAllBytes(file);
    assertThat(PictureReader.read(Source.of(file)).pixels()).isEqualTo(64 * 64);
    for (int part = 1; part < 20; part++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * part / 20));
      assertThatThrownBy(() -> PictureReader.read(Source.of(file)))
          .as("%d of 20 parts", part)
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith(file + ": ")
          .hasMessageNotContaining("\n");
    }
  }
}
