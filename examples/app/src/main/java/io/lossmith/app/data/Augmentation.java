package io.lossmith.app.data;

import java.util.SplittableRandom;

/**
 * What is changed at random in each piece of a picture, and in its truth where that must follow.
 *
 * @param flips mirrored left to right, and top to bottom, each half of the time
 * @param rotations turned by 0, 1, 2 or 3 quarters
 * @param brightness all values times a number in 0.8..1.2, plus one in −0.1..0.1 (1 is white)
 */
public record Augmentation(boolean flips, boolean rotations, boolean brightness) {
  /** Pieces stay as they are. */
  public static final Augmentation NONE = new Augmentation(false, false, false);

  private static final double GAIN = 0.2;
  private static final double OFFSET = 0.1;

  /**
   * Changes one item of a batch.
   *
   * @param pictures {@code [N, channels, crop, crop]}
   * @param labels {@code [N, 1, crop, crop]}
   * @param random of it as many numbers are taken as the changes need, none for none
   */
  void change(
      float[] pictures, float[] labels, int item, int channels, int crop, SplittableRandom random) {
    int area = crop * crop;
    boolean mirror = flips && random.nextBoolean();
    boolean upsideDown = flips && random.nextBoolean();
    int quarters = rotations ? random.nextInt(4) : 0;
    if (mirror || upsideDown || quarters != 0) {
      int[] sources = sources(crop, mirror, upsideDown, quarters);
      float[] plane = new float[area];
      for (int channel = 0; channel < channels; channel++) {
        move(pictures, (item * channels + channel) * area, sources, plane);
      }
      move(labels, item * area, sources, plane);
    }
    if (brightness) {
      float gain = (float) random.nextDouble(1 - GAIN, 1 + GAIN);
      float offset = (float) random.nextDouble(-OFFSET, OFFSET);
      for (int i = item * channels * area; i < (item + 1) * channels * area; i++) {
        pictures[i] = gain * pictures[i] + offset;
      }
    }
  }

  /** Returns for each pixel of the changed piece which one of the old it is. */
  private static int[] sources(int crop, boolean mirror, boolean upsideDown, int quarters) {
    int last = crop - 1;
    int[] sources = new int[crop * crop];
    for (int y = 0, i = 0; y < crop; y++) {
      for (int x = 0; x < crop; x++, i++) {
        int column = mirror ? last - x : x;
        int row = upsideDown ? last - y : y;
        for (int quarter = 0; quarter < quarters; quarter++) {
          int turned = last - column;
          column = row;
          row = turned;
        }
        sources[i] = row * crop + column;
      }
    }
    return sources;
  }

  private static void move(float[] array, int start, int[] sources, float[] plane) {
    for (int i = 0; i < plane.length; i++) {
      plane[i] = array[start + sources[i]];
    }
    System.arraycopy(plane, 0, array, start, plane.length);
  }
}
