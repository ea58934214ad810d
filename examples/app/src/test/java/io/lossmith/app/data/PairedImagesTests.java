package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.formats.PicturesOfOthers;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.workers.Alone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedImagesTests {
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
    List<Sample> samples = read();
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
    assertThatThrownBy(() -> PairedImages.of(nowhere, masks, null, Stacks.NONE))
        .hasMessage(nowhere + ": there is no such folder.");
  }

  @Test
  void theLastFifthByNameIsForValidation() {
    for (int i = 0; i < 20; i++) {
      pair("%02d".formatted(i), "%02d".formatted(i));
    }
    PairedImages.Parts parts = PairedImages.of(images, masks, null, Stacks.NONE).split();
    assertThat(parts.training().size()).isEqualTo(16);
    assertThat(read(parts.validation(), MaskRules.of(1)))
        .extracting(Sample::name)
        .containsExactly("16", "17", "18", "19");
    assertThat(parts.training().listed("training"))
        .hasSize(16)
        .first()
        .asString()
        .matches("training picture 00, files of \\d+ and \\d+ bytes");
  }

  @Test
  void oneColourPictureMakesAllOfThemColour() {
    Sample grey = sample("grey", new Picture(1, 1, 1, new float[] {0.75f}));
    Sample colour = sample("colour", new Picture(1, 1, 3, new float[] {1, 0.5f, 0}));
    DataSet data = DataSet.of(SharedSamples.of(List.of(grey)), SharedSamples.of(List.of(colour)));
    assertThat(data.channels()).isEqualTo(3);
    assertThat(data.training().get(0).picture().values()).containsExactly(0.75f, 0.75f, 0.75f);
  }

  @Test
  void ofOnePictureTheLastRowsAreForValidation() {
    int[] values = new int[2 * 25];
    for (int i = 0; i < values.length; i++) {
      values[i] = i << 16 | 2 * i << 8 | 3 * i;
    }
    int[] labels = new int[2 * 25];
    labels[40] = 255;
    Drawn.colour(images.resolve("one.png"), 2, values);
    Drawn.grey(masks.resolve("one.png"), 2, labels);
    PairedImages.Parts parts = PairedImages.of(images, masks, null, Stacks.NONE).split();
    MaskRules rules = MaskRules.of(1);
    DataSet data =
        Reading.read(
            parts.training().origin(rules),
            parts.validation().origin(rules),
            Share.whole(1, 1),
            Alone.WORKER);
    assertThat(data.facts()).extracting(facts -> facts.mask().size()).containsExactly(1, 0);
    Picture above = data.training().get(0).picture();
    Picture below = data.validation().get(0).picture();
    assertThat(above.size()).isEqualTo("2 x 20");
    assertThat(below.size()).isEqualTo("2 x 5");
    for (int channel = 0; channel < 3; channel++) {
      assertThat(above.value(channel, 39)).isEqualTo(39 * (channel + 1) / 255f);
      assertThat(below.value(channel, 0)).isEqualTo(40 * (channel + 1) / 255f);
    }
    assertThat(data.validation().get(0).mask().labels()).startsWith(1, 0);
  }

  @Test
  void hiddenFilesOfMacsArePassedOver() throws IOException {
    pair("p0", "p0");
    Files.writeString(images.resolve("._p0.png"), "a resource fork");
    Files.writeString(images.resolve(".DS_Store"), "a view");
    Files.writeString(masks.resolve("._p0.png"), "a resource fork");
    assertThat(read()).extracting(Sample::name).containsExactly("p0");
  }

  @Test
  void whatWasDoneToPicturesIsTold() throws IOException {
    Files.copy(PicturesOfOthers.file("turned-6.png"), images.resolve("a.png"));
    Drawn.grey(masks.resolve("a.png"), 16, new int[16 * 24]);
    Drawn.transparent(images.resolve("b.png"), 1, 0x80112233);
    Drawn.grey(masks.resolve("b.png"), 1, 0);
    Tally notes = new Tally();
    seen(PairedImages.of(images, masks, null, Stacks.NONE), MaskRules.of(1))
        .forEach(one -> notes.add(one.facts().notes()));
    assertThat(notes.counted()).isEqualTo("1 turned upright, 1 without their transparency");
  }

  @Test
  void aPictureOfAnotherFormatIsRefusedByName() throws IOException {
    pair("p0", "p0");
    Drawn.grey(images.resolve("p1.bmp"), 1, 0);
    refused("p1.bmp: has no mask");
    Drawn.grey(masks.resolve("p1.gif"), 1, 255);
    assertThat(read()).extracting(Sample::name).containsExactly("p0", "p1");
    Files.writeString(images.resolve("p2.webp"), "RIFF");
    refused("p2.webp: is WebP, must be one of PNG, JPEG, TIFF, BMP, GIF");
  }

  @ParameterizedTest
  @ValueSource(strings = {"_mask", "_label", "-gt", " Segmentation (final)", ".mask", "_Maske'"})
  void whatAllMasksHaveAfterTheNameIsFound(String suffix) {
    pair("p1", "p1" + suffix);
    pair("p10", "p10" + suffix);
    pair("p 'x' \"y\"", "p 'x' \"y\"" + suffix);
    assertThat(read()).extracting(Sample::name).containsExactly("p 'x' \"y\"", "p1", "p10");
  }

  @Test
  void whereSeveralSuffixesFitOneMustBeGiven() {
    pair("a", "a_mask");
    Drawn.grey(masks.resolve("a_edge.png"), 1, 0);
    refused("may end with _edge or _mask; give --mask-suffix _edge");
    assertThat(read("_mask").get(0).mask().labels()).containsExactly(1);
    assertThat(read("_edge").get(0).mask().labels()).containsExactly(0);
  }

  @Test
  void oneFolderHoldsPicturesAndMasksWhereNamesTell() throws IOException {
    masks = images;
    pair("a", "a_mask");
    pair("b", "b_mask");
    List<Sample> samples = read();
    assertThat(samples).extracting(Sample::name).containsExactly("a", "b");
    assertThat(samples.get(1).picture().values()).containsExactly(0.2f);
    assertThat(samples.get(1).mask().labels()).containsExactly(1);
    Files.delete(images.resolve("a_mask.png"));
    refused("is the folder of pictures and of masks", "--mask-suffix");
    assertThatThrownBy(() -> read("_mask")).hasMessageContaining("a.png: has no mask");
  }

  @Test
  void aPictureIsNeverItsOwnMask() {
    masks = images;
    Drawn.grey(images.resolve("a.png"), 1, 255);
    Drawn.grey(images.resolve("b.png"), 1, 255);
    refused("is the folder of pictures and of masks");
  }

  @Test
  void photographsAndMasksOfOneFolderDifferInTheirEnding() {
    masks = images;
    Drawn.grey(images.resolve("a.jpg"), 1, 51);
    Drawn.grey(images.resolve("a.png"), 1, 255);
    assertThat(read().get(0).mask().labels()).containsExactly(1);
  }

  @Test
  void accentsOfMacsAreThoseOfOthers() {
    Drawn.grey(images.resolve("Zelle_a\u0308.png"), 1, 0);
    Drawn.grey(masks.resolve("Zelle_\u00e4.png"), 1, 255);
    assertThat(read()).extracting(Sample::name).containsExactly("Zelle_\u00e4");
  }

  @Test
  void subFoldersCountWhereThereIsNothingElse() throws IOException {
    for (String day : List.of("monday", "tuesday")) {
      Files.createDirectory(images.resolve(day));
      Files.createDirectory(masks.resolve(day));
      pair(day + "/a", day + "/a");
    }
    assertThat(read()).extracting(Sample::name).containsExactly("monday/a", "tuesday/a");
    pair("b", "b");
    assertThat(read()).extracting(Sample::name).containsExactly("b");
  }

  @Test
  void linksAreFollowed() throws IOException {
    pair("a", "a");
    Path link = Files.createSymbolicLink(folder.resolve("link"), images);
    images = link;
    assertThat(read()).extracting(Sample::name).containsExactly("a");
    Path around = Files.createDirectory(folder.resolve("around"));
    Files.createSymbolicLink(around.resolve("inner"), link);
    images = around;
    masks = Files.createDirectory(folder.resolve("deep"));
    Files.createSymbolicLink(masks.resolve("inner"), folder.resolve("masks"));
    assertThat(read()).extracting(Sample::name).containsExactly("inner/a");
  }

  @Test
  void onePictureMayBeGivenByItself() {
    Path picture = Drawn.grey(folder.resolve("cell.png"), 2, 0, 0);
    Path mask = Drawn.grey(folder.resolve("truth.png"), 2, 0, 255);
    List<Sample> samples = read(PairedImages.of(picture, mask, null, Stacks.NONE), MaskRules.of(1));
    assertThat(samples).extracting(Sample::name).containsExactly("cell");
  }

  @Test
  void pagesAreTakenAsPicturesWhenAsked() throws IOException {
    Files.copy(PicturesOfOthers.file("pages.tif"), images.resolve("s.tif"));
    Files.copy(PicturesOfOthers.file("imagej-slices.tif"), masks.resolve("s.tif"));
    refused("s.tif: holds 3 pictures or channels, must be 1; give --stack");
    MaskRules rules = new MaskRules(1, Foreground.NONZERO, false, Set.of(), null, false);
    List<Sample> samples = read(PairedImages.of(images, masks, null, new Stacks(true)), rules);
    assertThat(samples).extracting(Sample::name).containsExactly("s-0001", "s-0002", "s-0003");
    assertThat(samples.get(2).picture().value(0, 0)).isEqualTo(40 / 255f);
    Files.delete(masks.resolve("s.tif"));
    Files.copy(PicturesOfOthers.file("turned-1.tif"), masks.resolve("s.tif"));
    assertThatThrownBy(() -> PairedImages.of(images, masks, null, new Stacks(true)))
        .hasMessageContaining("holds 1 masks, its file of pictures");
  }

  @Test
  void onePictureOfFewRowsIsNotSharedOut() {
    pair("a", "a");
    assertThatThrownBy(
            () ->
                seen(
                    PairedImages.of(images, masks, null, Stacks.NONE).split().training(),
                    MaskRules.of(1)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("there is 1 picture of 1 x 1, must be 2 or more, or 20 rows");
  }

  /** Writes a picture and its mask, which marks all. */
  private void pair(String picture, String mask) {
    Drawn.grey(images.resolve(picture + ".png"), 1, 51);
    Drawn.grey(masks.resolve(mask + ".png"), 1, 255);
  }

  private List<Sample> read() {
    return read(null);
  }

  private List<Sample> read(@Nullable String suffix) {
    return read(PairedImages.of(images, masks, suffix, Stacks.NONE), MaskRules.of(1));
  }

  private static List<Sample> read(PairedImages pairs, MaskRules rules) {
    return seen(pairs, rules).stream().map(Origin.Seen::sample).toList();
  }

  private static List<Origin.Seen> seen(PairedImages pairs, MaskRules rules) {
    SortedSet<Integer> all = new TreeSet<>();
    for (int i = 0; i < pairs.size(); i++) {
      all.add(i);
    }
    return List.copyOf(pairs.origin(rules).read(all).values());
  }

  private void refused(String... words) {
    assertThatThrownBy(this::read).isInstanceOf(BadInput.class).hasMessageContainingAll(words);
  }

  private static Sample sample(String name, Picture picture) {
    Mask mask = new Mask(picture.width(), picture.height(), new byte[picture.pixels()]);
    return new Sample(name, picture, mask);
  }
}
