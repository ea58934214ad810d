package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTests {
  private static final int CROP = 4;
  private static final int AREA = CROP * CROP;

  @ParameterizedTest
  @CsvSource({"true, false, 4", "false, true, 4", "true, true, 8"})
  void aMovedMaskFollowsItsPicture(boolean flips, boolean rotations, int ways) {
    Augmentation augmentation = new Augmentation(flips, rotations, false);
    SplittableRandom random = new SplittableRandom(3);
    Set<List<Float>> seen = new HashSet<>();
    for (int time = 0; time < 200; time++) {
      float[] pictures = numbered(2 * 3 * AREA);
      float[] labels = numbered(2 * AREA);
      augmentation.draw(random).apply(pictures, labels, 1, 3, CROP);
      assertThat(Arrays.copyOf(pictures, 3 * AREA)).isEqualTo(numbered(3 * AREA)); // item 0
      assertThat(Arrays.copyOf(labels, AREA)).isEqualTo(numbered(AREA));
      for (int pixel = 0; pixel < AREA; pixel++) {
        float from = labels[AREA + pixel] - AREA;
        for (int channel = 3; channel < 6; channel++) {
          assertThat(pictures[channel * AREA + pixel]).isEqualTo(channel * AREA + from);
        }
      }
      seen.add(boxed(Arrays.copyOfRange(labels, AREA, 2 * AREA)));
    }
    assertThat(seen).hasSize(ways);
  }

  @Test
  void aFlipMirrorsAndAQuarterTurns() {
    Set<List<Float>> flipped = corners(new Augmentation(true, false, false));
    assertThat(flipped)
        .containsExactlyInAnyOrder(
            List.of(0f, 3f, 12f, 15f),
            List.of(3f, 0f, 15f, 12f),
            List.of(12f, 15f, 0f, 3f),
            List.of(15f, 12f, 3f, 0f));
    Set<List<Float>> turned = corners(new Augmentation(false, true, false));
    assertThat(turned)
        .containsExactlyInAnyOrder(
            List.of(0f, 3f, 12f, 15f),
            List.of(12f, 0f, 15f, 3f),
            List.of(15f, 12f, 3f, 0f),
            List.of(3f, 15f, 0f, 12f));
  }

  @Test
  void brightnessIsAGainAndAnOffsetForAllChannelsAndLeavesLabels() {
    SplittableRandom random = new SplittableRandom(5);
    Set<Float> offsets = new HashSet<>();
    for (int time = 0; time < 200; time++) {
      float[] pictures = new float[3 * AREA];
      Arrays.fill(pictures, AREA, 2 * AREA, 1);
      Arrays.fill(pictures, 2 * AREA, 3 * AREA, 0.5f);
      float[] labels = numbered(AREA);
      new Augmentation(false, false, true).draw(random).apply(pictures, labels, 0, 3, CROP);
      float offset = pictures[0];
      float gain = pictures[AREA] - offset;
      assertThat(offset).isBetween(-0.1f, 0.1f);
      assertThat(gain).isBetween(0.8f - 1e-6f, 1.2f + 1e-6f);
      assertThat(pictures[3 * AREA - 1]).isCloseTo(0.5f * gain + offset, within(1e-6f));
      assertThat(labels).isEqualTo(numbered(AREA));
      offsets.add(offset);
    }
    assertThat(offsets).hasSizeGreaterThan(190);
  }

  @Test
  void nothingChosenChangesNothingAndTakesNoChance() {
    float[] pictures = numbered(AREA);
    float[] labels = numbered(AREA);
    SplittableRandom random = new SplittableRandom(7);
    Augmentation.NONE.draw(random).apply(pictures, labels, 0, 1, CROP);
    assertThat(pictures).isEqualTo(numbered(AREA));
    assertThat(random.nextLong()).isEqualTo(new SplittableRandom(7).nextLong());
  }

  @Test
  void theSeedDecidesWhatIsChangedInSampledPieces() {
    SharedSamples samples = SyntheticCells.make(2, 1, 24, 1).training();
    Pieces all = new Pieces(8, CROP, 0, new Augmentation(true, true, true));
    float[][] pieces = new float[3][8 * AREA];
    float[] labels = new float[8 * AREA];
    new CropSampler(samples, all, 5, Share.whole(8, 5)).fill(pieces[0], labels);
    new CropSampler(samples, all, 5, Share.whole(8, 5)).fill(pieces[1], labels);
    new CropSampler(samples, new Pieces(8, CROP, 0, Augmentation.NONE), 5, Share.whole(8, 5))
        .fill(pieces[2], labels);
    assertThat(pieces[0]).isEqualTo(pieces[1]).isNotEqualTo(pieces[2]);
  }

  private static Set<List<Float>> corners(Augmentation augmentation) {
    SplittableRandom random = new SplittableRandom(1);
    Set<List<Float>> corners = new HashSet<>();
    for (int time = 0; time < 100; time++) {
      float[] labels = numbered(AREA);
      augmentation.draw(random).apply(numbered(AREA), labels, 0, 1, CROP);
      corners.add(List.of(labels[0], labels[3], labels[12], labels[15]));
    }
    return corners;
  }

  private static float[] numbered(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  private static List<Float> boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return List.of(boxed);
  }
}
