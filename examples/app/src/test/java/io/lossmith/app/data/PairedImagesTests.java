package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.io.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairedImagesTests {
  private static final MaskReader MASKS = new MaskReader(1, false, Set.of());

  @TempDir private Path folder;
  private Path images;
  private Path masks;

  @BeforeEach
  void makeFolders() throws IOException {
    images = Files.createDirectory(folder.resolve("images"));
    masks = Files.createDirectory(folder.resolve("masks"));
  }

  @Test
  void pairsGoByNameWhateverTheEnding() throws IOException {
    Drawn.grey(images.resolve("b.jpg"), 2, 0, 0, 0, 0);
    Drawn.grey(images.resolve("a.PNG"), 2, 10, 20, 30, 40);
    Drawn.grey(masks.resolve("a.tif"), 2, 0, 255, 0, 255);
    Drawn.grey(masks.resolve("b.png"), 2, 255, 255, 0, 0);
    Drawn.grey(masks.resolve("c.png"), 1, 255);
    Files.writeString(images.resolve("notes.txt"), "no picture");
    Files.writeString(images.resolve(".hidden"), "no picture");
    List<Sample> samples = PairedImages.read(images, masks, MASKS);
    assertThat(samples).extracting(Sample::name).containsExactly("a", "b");
    assertThat(samples.get(0).mask().labels()).containsExactly(0, 1, 0, 1);
  }

  @Test
  void anImageWithoutAMaskIsRefused() {
    Drawn.grey(images.resolve("a.png"), 1, 0);
    Drawn.grey(images.resolve("b.png"), 1, 0);
    Drawn.grey(masks.resolve("a.png"), 1, 0);
    refused("b.png: has no mask", masks + " must hold a picture named b");
  }

  @Test
  void sizesThatDifferAreRefused() {
    Drawn.grey(images.resolve("a.png"), 2, 0, 0, 0, 0);
    Drawn.grey(masks.resolve("a.png"), 1, 0, 0);
    refused("a.png: is 1 x 2", "is 2 x 2");
  }

  @Test
  void twoPicturesOfOneNameAreRefused() {
    Drawn.grey(images.resolve("a.png"), 1, 0);
    Drawn.grey(images.resolve("a.jpg"), 1, 0);
    refused("a.jpg and a.png");
  }

  @Test
  void aFolderWithoutPicturesIsRefused() {
    refused("images: holds no picture");
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> PairedImages.read(nowhere, masks, MASKS))
        .hasMessage(nowhere + ": there is no such folder.");
  }

  @Test
  void theLastFifthByNameIsForValidation() {
    DataSet data = PairedImages.split(samples(20));
    assertThat(data.training()).hasSize(16);
    assertThat(data.validation()).extracting(Sample::name).containsExactly("16", "17", "18", "19");
    assertThat(PairedImages.split(samples(2)).validation()).hasSize(1);
    assertThatThrownBy(() -> PairedImages.split(samples(1))).hasMessageContaining("2 or more");
  }

  @Test
  void oneColourPictureMakesAllOfThemColour() {
    Sample grey = sample("grey", new Picture(1, 1, 1, new float[] {0.75f}));
    Sample colour = sample("colour", new Picture(1, 1, 3, new float[] {1, 0.5f, 0}));
    DataSet data = DataSet.of(List.of(grey), List.of(colour));
    assertThat(data.channels()).isEqualTo(3);
    assertThat(data.training().get(0).picture().values()).containsExactly(0.75f, 0.75f, 0.75f);
  }

  @Test
  void dimPicturesAreScaledByTheBrightestToLearnFrom() {
    Sample dim = sample("dim", new Picture(2, 1, 1, new float[] {0.01f, 0.04f}));
    Sample other = sample("other", new Picture(2, 1, 1, new float[] {0.02f, 0.08f}));
    DataSet data = DataSet.of(List.of(dim), List.of(other));
    assertThat(data.white()).isEqualTo(0.04f);
    assertThat(data.training().get(0).picture().values()).containsExactly(0.25f, 1);
    assertThat(data.validation().get(0).picture().values()).containsExactly(0.5f, 2);
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> PairedImages.read(images, masks, MASKS))
        .isInstanceOf(BadInput.class)
        .hasMessageContainingAll(words);
  }

  private static List<Sample> samples(int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(sample("%02d".formatted(i), new Picture(1, 1, 1, new float[] {1})));
    }
    return samples;
  }

  private static Sample sample(String name, Picture picture) {
    Mask mask = new Mask(picture.width(), picture.height(), new byte[picture.pixels()]);
    return new Sample(name, picture, mask);
  }
}
