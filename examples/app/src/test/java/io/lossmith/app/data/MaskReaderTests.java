package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.app.formats.PicturesOfOthers;
import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskReaderTests {
  private static final MaskRules ONE_CLASS = MaskRules.of(1);
  private static final MaskRules THREE_CLASSES = MaskRules.of(3);

  @TempDir private Path folder;
  private MaskReader reader = new MaskReader(ONE_CLASS);

  @Test
  void whiteIsForegroundAndInvertedBackground() {
    Path file = Drawn.grey(file(), 4, 0, 255, 255, 0);
    assertThat(labels(ONE_CLASS, file)).containsExactly(0, 1, 1, 0);
    assertThat(labels(with(Foreground.CLEAR, true), file)).containsExactly(1, 0, 0, 1);
    assertThat(labels(ONE_CLASS, Drawn.grey16(file(), 2, 0, 65535))).containsExactly(0, 1);
    assertThat(labels(ONE_CLASS, Drawn.grey(file(), 2, 0, 200))).containsExactly(0, 1);
    assertThat(labels(ONE_CLASS, Drawn.grey(file(), 2, 0, 0))).containsExactly(0, 0);
    assertThat(labels(ONE_CLASS, Drawn.grey(file(), 2, 255, 255))).containsExactly(1, 1);
  }

  @Test
  void eachMaskIsLookedAtByItself() {
    reader.read(Source.of(Drawn.grey(folder.resolve("a.png"), 2, 0, 255)));
    Mask ones = reader.read(Source.of(Drawn.grey(folder.resolve("b.png"), 3, 0, 1, 1)));
    Mask deep = reader.read(Source.of(Drawn.grey16(folder.resolve("c.png"), 3, 0, 255, 0)));
    assertThat(ones.labels()).containsExactly(0, 1, 1);
    assertThat(deep.labels()).containsExactly(0, 1, 0);
    assertThat(reader.understood()).hasToString("255 is foreground in 2, 1 is foreground in 1");
  }

  @Test
  void numbersOfObjectsNeedAnOption() {
    Path file = Drawn.grey16(file(), 3, 0, 7, 7);
    refused(ONE_CLASS, file, "holds the numbers 0, 7, must be 0 and 1", "--foreground nonzero");
    assertThat(labels(with(Foreground.NONZERO, false), file)).containsExactly(0, 1, 1);
    int[] objects = IntStream.range(0, 256).toArray();
    refused(ONE_CLASS, Drawn.grey(file(), 16, objects), "0, 1, 2, 3, 4, 5 and 250 more");
    assertThat(labels(with(Foreground.HALF, false), file())).contains(1, 0);
  }

  @Test
  void anUnknownLabelIsNeitherForegroundNorBackground() {
    Path file = Drawn.grey(file(), 3, 0, 1, 255);
    refused(ONE_CLASS, file, "0, 1, 255", "--ignore 255", "--foreground half", "--classes");
    assertThat(labels(ONE_CLASS.ignoring(Set.of(255)), file)).containsExactly(0, 1, 255);
    Path deep = Drawn.grey16(file(), 4, 0, 1, 65535, 300);
    assertThat(labels(ONE_CLASS.ignoring(Set.of(65535, 300)), deep))
        .containsExactly(0, 1, 255, 255);
    assertThat(labels(THREE_CLASSES.ignoring(Set.of(65535, 300)), deep))
        .containsExactly(0, 1, 255, 255);
    MaskRules inverted = new MaskRules(1, Foreground.CLEAR, true, Set.of(255), null, false);
    assertThat(labels(inverted, Drawn.grey(file(), 3, 0, 1, 255))).containsExactly(1, 0, 255);
  }

  @Test
  void softEdgesAreCutAtHalf() {
    int[] edge = new int[400];
    Arrays.fill(edge, 0, 180, 255);
    for (int i = 180; i < 220; i++) {
      edge[i] = 250 - 6 * (i - 180);
    }
    int[] labels = labels(ONE_CLASS, Drawn.grey(file(), 20, edge));
    assertThat(Arrays.stream(labels).sum()).isEqualTo(201);
    refused(ONE_CLASS, Drawn.grey(file(), 3, 0, 128, 255), "0, 128, 255");
  }

  @Test
  void aJpegOfBlackAndWhiteIsCutAtHalf() {
    int[] disc = new int[64 * 64];
    for (int i = 0; i < disc.length; i++) {
      disc[i] = Math.hypot(i % 64 - 30, i / 64 - 30) < 20 ? 255 : 0;
    }
    int[] labels = labels(ONE_CLASS, Drawn.grey(folder.resolve("m.jpg"), 64, disc));
    int wrong = 0;
    for (int i = 0; i < disc.length; i++) {
      wrong += labels[i] == disc[i] / 255 ? 0 : 1;
    }
    assertThat(wrong).isLessThan(20);
    assertThat(labels(ONE_CLASS, Drawn.grey(folder.resolve("m.jpg"), 64, new int[64 * 64])))
        .containsOnly(0);
  }

  /** What was 1 in the program that saved it is nearly black. */
  @Test
  void aJpegOfNumbersIsNoMask() {
    int[] disc = IntStream.range(0, 4096).map(i -> i % 64 < 32 ? 2 : 0).toArray();
    refused(ONE_CLASS, Drawn.grey(folder.resolve("m.jpg"), 64, disc), "--foreground nonzero");
  }

  @Test
  void severalNumbersThatAreAllBrightAreNotOneForeground() {
    refused(ONE_CLASS, Drawn.grey(file(), 3, 255, 254, 253), "holds the numbers 253, 254, 255");
    int[] numbers = {0, 1, 2};
    Path inverted = Drawn.palette(file(), new int[] {0xFFFFFF, 0xFEFEFE, 0xFDFDFD}, 3, numbers);
    refused(ONE_CLASS, inverted, "holds the numbers 253, 254, 255");
  }

  @Test
  void coloursThatEightBitsCannotTellAreRefused() {
    refused(
        ONE_CLASS,
        PicturesOfOthers.file("mask-red-16.tif"),
        "holds the colours (0, 0, 0) and (1, 0, 0), which are one in 8 bits");
    refused(THREE_CLASSES, PicturesOfOthers.file("mask-red-16.tif"), "which are one in 8 bits");
    assertThat(labels(ONE_CLASS, PicturesOfOthers.file("mask-red-16-full.tif")))
        .containsExactly(0, 1, 1, 0);
  }

  @Test
  void aPaletteOfOneColourForSeveralNumbersShowsNoForeground() {
    int[] colours = {0x000000, 0x000000, 0xFFFFFF};
    Path file = Drawn.palette(file(), colours, 3, 0, 1, 1);
    refused(ONE_CLASS, file, "its palette shows several numbers in one colour");
    assertThat(labels(with(Foreground.NONZERO, false), file)).containsExactly(0, 1, 1);
    assertThat(labels(ONE_CLASS, Drawn.palette(file(), colours, 3, 0, 2, 2)))
        .containsExactly(0, 1, 1);
  }

  @Test
  void numbersBeyondThirtyTwoBitsAreRefusedAsTheyAre() {
    refused(
        ONE_CLASS, PicturesOfOthers.file("mask-beyond.tif"), "pixel (1, 0) is 2147483653, must");
    refused(ONE_CLASS, PicturesOfOthers.file("mask-infinite.tif"), "pixel (1, 0) is Infinity");
    refused(ONE_CLASS, PicturesOfOthers.file("mask-nan.tif"), "pixel (1, 0) is NaN, must be");
    assertThat(labels(ONE_CLASS, PicturesOfOthers.file("mask-most.tif")))
        .containsExactly(0, 1, 1, 0);
  }

  @Test
  void aJpegHasNoClasses() {
    Path file = Drawn.grey(folder.resolve("m.jpg"), 8, new int[64]);
    refused(THREE_CLASSES, file, "is a JPEG", "save masks of classes as PNG");
  }

  @Test
  void theMaskMayBeInTheTransparency() {
    Path white = Drawn.transparent(file(), 3, 0x00FFFFFF, 0xFFFFFFFF, 0xFFFFFFFF);
    assertThat(labels(ONE_CLASS, white)).containsExactly(0, 1, 1);
    Path black = Drawn.transparent(file(), 3, 0x00000000, 0xFF000000, 0x00000000);
    assertThat(labels(ONE_CLASS, black)).containsExactly(0, 1, 0);
    assertThat(reader.understood()).hasToString("255 is foreground (in the transparency)");
    Path opaque = Drawn.transparent(file(), 2, 0xFF000000, 0xFFFFFFFF);
    assertThat(labels(ONE_CLASS, opaque)).containsExactly(0, 1);
    Path drawn = Drawn.transparent(file(), 3, 0x00000000, 0xFF000000, 0xFFFFFFFF);
    assertThat(labels(ONE_CLASS, drawn)).containsExactly(0, 0, 1);
    assertThat(reader.understood()).hasToString("255 is foreground (without their transparency)");
    Path both = Drawn.transparent(file(), 3, 0x00112233, 0xFF000000, 0xFFFFFFFF);
    refused(ONE_CLASS, both, "has colours and transparency, either of which may be the mask");
  }

  @Test
  void oneColourOnBlackIsForeground() {
    assertThat(labels(ONE_CLASS, Drawn.colour(file(), 3, 0, 0x400000, 0))).containsExactly(0, 1, 0);
    int[] colours = {0x000000, 0x800000, 0x008000, 0x400000};
    assertThat(labels(ONE_CLASS, Drawn.palette(file(), colours, 3, 0, 3, 0)))
        .containsExactly(0, 1, 0);
    assertThat(labels(ONE_CLASS.ignoring(Set.of(2)), Drawn.palette(file(), colours, 3, 0, 3, 2)))
        .containsExactly(0, 1, 255);
    Path many = Drawn.palette(file(), colours, 3, 0, 3, 1);
    refused(ONE_CLASS, many, "#000000, #400000, #800000", "--classes alone", "--mask-colors");
    assertThat(labels(with(Foreground.NONZERO, false), many)).containsExactly(0, 1, 1);
  }

  @Test
  void aGreyPaletteIsWhatItLooksLike() {
    int[] colours = {0xFFFFFF, 0x000000};
    assertThat(labels(ONE_CLASS, Drawn.palette(file(), colours, 3, 0, 1, 1)))
        .containsExactly(1, 0, 0);
  }

  @Test
  void aPaletteEntryThatIsNotThereIsRefused() {
    int[] colours = {0x000000, 0xFFFFFF};
    Path file = Drawn.palette(file(), colours, 3, 0, 7, 1);
    refused(ONE_CLASS, file, "pixel (1, 0) is palette entry 7, must be in 0..1; save it anew");
  }

  @Test
  void whereWhiteIsZeroSmallNumbersAreForeground() {
    int[] labels = labels(ONE_CLASS, PicturesOfOthers.file("bits-1-white-is-zero.tif"));
    assertThat(Arrays.copyOf(labels, 6)).containsExactly(1, 0, 1, 1, 0, 1);
    assertThat(reader.understood()).hasToString("1 is foreground (0 is white in the file)");
  }

  @Test
  void trueOfTifffileIsForeground() {
    reader = new MaskReader(ONE_CLASS);
    Mask mask = reader.read(new Source(PicturesOfOthers.file("bool.tif"), 0));
    assertThat(Arrays.copyOf(mask.labels(), 6)).containsExactly(0, 1, 0, 0, 1, 0);
    assertThat(reader.understood()).hasToString("1 is foreground");
  }

  @Test
  void classesAreStoredNumbersOrPaletteEntries() {
    int[] colours = {0x000000, 0xFF0000, 0x00FF00};
    assertThat(labels(THREE_CLASSES, Drawn.grey(file(), 3, 0, 1, 2))).containsExactly(0, 1, 2);
    assertThat(labels(THREE_CLASSES, Drawn.grey16(file(), 3, 0, 1, 2))).containsExactly(0, 1, 2);
    assertThat(labels(THREE_CLASSES, Drawn.palette(file(), colours, 3, 0, 1, 2)))
        .containsExactly(0, 1, 2);
    assertThat(labels(THREE_CLASSES, Drawn.colour(file(), 2, 0x020202, 0x010101)))
        .containsExactly(2, 1);
  }

  @Test
  void whiteIsTheSecondOfTwoClasses() {
    assertThat(labels(MaskRules.of(2), Drawn.grey(file(), 3, 0, 255, 255)))
        .containsExactly(0, 1, 1);
    assertThat(labels(MaskRules.of(2).ignoring(Set.of(255)), Drawn.grey(file(), 3, 0, 255, 1)))
        .containsExactly(0, 255, 1);
    refused(THREE_CLASSES, Drawn.grey(file(), 2, 0, 255), "pixel (1, 0) is 255");
  }

  @Test
  void aClassBeyondTheClassesIsRefusedWithItsPlace() {
    refused(
        THREE_CLASSES,
        Drawn.grey(file(), 2, 0, 1, 2, 3),
        "pixel (1, 1) is 3, must be a class in 0..2; give --classes, --ignore 3 if",
        "--foreground nonzero");
    refused(MaskRules.of(200), Drawn.grey16(file(), 1, 300), "is 300");
  }

  @Test
  void aColourIsNoClass() {
    Path file = Drawn.colour(file(), 2, 0x010101, 0x010201);
    refused(THREE_CLASSES, file, "pixel (1, 0) is the colour #010201", "--mask-colors");
  }

  private static MaskRules with(Foreground foreground, boolean invert) {
    return new MaskRules(1, foreground, invert, Set.of(), null, false);
  }

  private int[] labels(MaskRules rules, Path file) {
    reader = new MaskReader(rules);
    Mask mask = reader.read(Source.of(file));
    return IntStream.range(0, mask.labels().length).map(mask::label).toArray();
  }

  private void refused(MaskRules rules, Path file, String... words) {
    assertThatThrownBy(() -> labels(rules, file))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContainingAll(words);
  }

  private Path file() {
    return folder.resolve("mask.png");
  }
}
