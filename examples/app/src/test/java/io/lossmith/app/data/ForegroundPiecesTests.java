package io.lossmith.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pieces that are cut around foreground. */
class ForegroundPiecesTests {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 24;
  private static final int CROP = 8;
  private static final int AREA = CROP * CROP;

  @Test
  void eachHasForeground() {
    Sample sample = sample("s", 3 * WIDTH + 5, 1, HEIGHT * WIDTH - 1, 1);
    float[] labels = cut(List.of(sample, sample("none")), 1, 400);
    for (int item = 0; item < 400; item++) {
      float[] piece = Arrays.copyOfRange(labels, item * AREA, (item + 1) * AREA);
      assertThat(piece).contains(1);
    }
  }

  @Test
  void thatPartOfThemHasIt() {
    // One pixel of a large picture is in few pieces that come from anywhere.
    Sample sample = sample("s", 11 * WIDTH + 20, 1);
    assertThat(share(cut(List.of(sample), 0, 4000), 1)).isCloseTo(anywhere(), within(0.03));
    double wanted = 0.25 + 0.75 * anywhere();
    assertThat(share(cut(List.of(sample), 0.25, 4000), 1)).isCloseTo(wanted, within(0.03));
  }

  private static double anywhere() {
    return (double) AREA / ((WIDTH - CROP + 1) * (HEIGHT - CROP + 1));
  }

  @Test
  void aRareClassIsCutAsOftenAsACommonOne() {
    int[] many = new int[2 * (WIDTH * 8 + 1)];
    for (int i = 0; i < WIDTH * 8; i++) {
      many[2 * i] = i;
      many[2 * i + 1] = 1;
    }
    many[2 * WIDTH * 8] = HEIGHT * WIDTH - 1;
    many[2 * WIDTH * 8 + 1] = 2;
    float[] labels = cut(List.of(sample("s", many)), 1, 4000);
    assertThat(share(labels, 2)).isCloseTo(0.5, within(0.03));
  }

  @Test
  void unknownPixelsAreNoForeground() {
    Sample sample = sample("s", 0, Mask.VOID, HEIGHT * WIDTH - 1, 3);
    assertThat(share(cut(List.of(sample), 1, 200), 3)).isEqualTo(1);
    float[] labels = cut(List.of(sample("only", 0, Mask.VOID)), 1, 2000);
    assertThat(share(labels, Mask.VOID)).isLessThan(0.02); // a corner, from anywhere
  }

  @Test
  void thePixelIsAnywhereInThePiece() {
    float[] labels = cut(List.of(sample("s", 11 * WIDTH + 20, 1)), 1, 6400);
    int[] places = new int[AREA];
    for (int i = 0; i < labels.length; i++) {
      places[i % AREA] += labels[i] == 1 ? 1 : 0;
    }
    for (int count : places) {
      assertThat(count).isBetween(50, 160); // 100 of each
    }
  }

  @Test
  void allPixelsAreDrawnAlike() {
    int[] cross = {0, 1, 9, 1, WIDTH * 12 + 3, 1, WIDTH * 23 + 39, 1, WIDTH * 23, 1};
    Sample sample = sample("s", cross);
    float[] pictures = new float[5000 * AREA];
    float[] labels = new float[pictures.length];
    sampler(List.of(sample), 1).fill(pictures, labels);
    int[] drawn = new int[HEIGHT * WIDTH];
    for (int i = 0; i < labels.length; i++) {
      drawn[(int) pictures[i]] += labels[i] == 1 ? 1 : 0;
    }
    for (int i = 0; i < cross.length; i += 2) {
      assertThat(drawn[cross[i]]).isBetween(900, 1250); // 0 and 9 meet in no piece of 8
    }
  }

  /** Each piece of a batch has its own pictures, of which some have nothing, or one class. */
  @Test
  void aStretchOfPicturesGivesWhatItHas() {
    Sample both = sample("both", 0, 1, HEIGHT * WIDTH - 1, 2);
    Sample one = sample("one", 11 * WIDTH + 20, 1);
    Sample none = sample("none");
    List<Sample> samples = List.of(both, one, none);
    Pieces pieces = new Pieces(3, CROP, 1, Augmentation.NONE);
    float[] labels = new float[3000 * AREA];
    new CropSampler(SharedSamples.of(samples), pieces, 1, Share.whole(3, 1))
        .fill(new float[labels.length], labels);
    assertThat(share(labels, 1)).isCloseTo(0.5, within(0.02)); // all of one, half of both
    assertThat(share(labels, 2)).isCloseTo(1 / 6.0, within(0.02));
  }

  private static float[] cut(List<Sample> samples, double foreground, int count) {
    float[] labels = new float[count * AREA];
    sampler(samples, foreground).fill(new float[labels.length], labels);
    return labels;
  }

  private static CropSampler sampler(List<Sample> samples, double foreground) {
    Pieces pieces = new Pieces(1, CROP, foreground, Augmentation.NONE);
    return new CropSampler(SharedSamples.of(samples), pieces, 1, Share.whole(1, 1));
  }

  /** Which part of the pieces has a pixel of a label. */
  private static double share(float[] labels, int label) {
    int with = 0;
    for (int item = 0; item < labels.length; item += AREA) {
      boolean has = false;
      for (int i = item; i < item + AREA; i++) {
        has |= labels[i] == label;
      }
      with += has ? 1 : 0;
    }
    return with * (double) AREA / labels.length;
  }

  /** A picture whose pixels are their numbers, and a mask with some labels: place, label ... */
  private static Sample sample(String name, int... labelled) {
    float[] values = new float[WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    byte[] labels = new byte[values.length];
    for (int i = 0; i < labelled.length; i += 2) {
      labels[labelled[i]] = (byte) labelled[i + 1];
    }
    return new Sample(name, new Picture(WIDTH, HEIGHT, 1, values), new Mask(WIDTH, HEIGHT, labels));
  }
}
